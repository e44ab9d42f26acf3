// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.engine.Budget;
import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.exec.ExecOptions;
import dev.redoubt.cli.guard.GuardPolicy;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What `redoubt run` was asked to do.
///
/// @param prompt what the model is told
/// @param workspace the real path of the folder that may be written
/// @param budget the limits of this run
/// @param allowed how long it may take
/// @param session which session it goes on with
public record RunOptions(
    String prompt, Path workspace, Budget budget, Optional<Duration> allowed, Wanted session) {

  private static final int LARGEST_PROMPT = 1 << 20;

  public RunOptions {
    requireNonNull(prompt, "prompt");
    requireNonNull(workspace, "workspace");
    requireNonNull(budget, "budget");
    requireNonNull(allowed, "allowed");
    requireNonNull(session, "session");
  }

  /// Which session is wanted.
  public sealed interface Wanted {
    /// A new one.
    record New() implements Wanted {}

    /// The last one of the workspace.
    record Last() implements Wanted {}

    /// The one with this id, or the only one whose id begins so.
    record Named(String id) implements Wanted {}

    /// Returns its id; a new one when a new session is wanted.
    ///
    /// @throws UsageException if there is none
    default SessionId in(Call call, Path workspace) {
      SessionFolder sessions = new SessionFolder(call.globals().dataDir());
      return switch (this) {
        case New() -> SessionId.at(call.world().clock().instant(), new SecureRandom());
        case Named(String name) -> SessionNames.find(sessions, name);
        case Last() ->
            SessionNames.last(sessions, workspace)
                .orElseThrow(() ->
                    new UsageException(
                        "there is no session of \"%s\" to continue".formatted(workspace)));
      };
    }
  }

  static CommandSpec spec() {
    return options()
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("PROMPT")
                .type(String.class)
                .arity("0..1")
                .description("What to do; - reads it from standard input.")
                .build());
  }

  /// Returns the same for a session that is named first.
  static CommandSpec resumeSpec() {
    return options()
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .paramLabel("ID")
                .type(String.class)
                .arity("1")
                .description("The session, or the beginning of its id.")
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .index("1")
                .paramLabel("PROMPT")
                .type(String.class)
                .arity("1")
                .description("What to do; - reads it from standard input.")
                .build());
  }

  /// Returns the options of a run, without a prompt.
  public static CommandSpec options() {
    return GuardPolicy.addTo(CommandSpec.create())
        .addOption(value("--model", "PROVIDER/MODEL", "The model to ask."))
        .addOption(value("--provider-url", "URL", "Where it is asked: the base of its API."))
        .addOption(
            words(
                "--provider-protocol",
                "P",
                "What is spoken there: openai-chat, openai-responses, anthropic or gemini.",
                List.of("openai-chat", "openai-responses", "anthropic", "gemini")))
        .addOption(
            value("--mode", "M", "What the agent may use: code, plan, review, chat or your own."))
        .addOption(
            words(
                "--sandbox",
                "B",
                "What surrounds commands: local, bubblewrap, landlock, docker, ssh or auto.",
                List.of("local", "bubblewrap", "landlock", "docker", "ssh", "auto")))
        .addOption(
            words(
                "--writes",
                "MODE",
                "Where writes go: direct, or staged until redoubt staged apply.",
                List.of("direct", "staged")))
        .addOption(
            words(
                "--approval",
                "MODE",
                "What answers a question: deny, workspace (yes inside a wall) or allow; a terminal"
                    + " asks you.",
                List.of("deny", "workspace", "allow")))
        .addOption(
            OptionSpec.builder("--json")
                .description("Write events, one JSON object a line.")
                .build())
        .addOption(value("--schema", "FILE", "A JSON Schema that the answer has to satisfy."))
        .addOption(value("--verify", "CMD", "Run this when it is done; failures go back to it."))
        .addOption(value("--max-turns", "N", "The most answers of the model."))
        .addOption(value("--max-tokens", "N", "The most tokens, sent and made."))
        .addOption(value("--max-usd", "X", "The most money, in dollars."))
        .addOption(value("--timeout", "TIME", "End it after this long: 90s, 10m or 2h."))
        .addOption(
            OptionSpec.builder("--continue")
                .description("Go on with the last session of this folder.")
                .build())
        .addOption(value("--resume", "ID", "Go on with this session."))
        .addOption(
            OptionSpec.builder("--attach")
                .paramLabel("FILE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("Show the model this text or picture, too.")
                .build())
        .addOption(value("--cwd", "D", "The folder to work in; the current one."))
        .addOption(
            OptionSpec.builder("--no-undo")
                .description("Record nothing to undo the run with.")
                .build());
  }

  private static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  private static OptionSpec words(
      String name, String label, String description, List<String> words) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .completionCandidates(words)
        .build();
  }

  static RunOptions of(Call call) {
    return of(call, 0, wanted(call));
  }

  static RunOptions resuming(Call call) {
    return of(call, 1, new Wanted.Named(call.parameter(0).orElseThrow()));
  }

  private static RunOptions of(Call call, int promptAt, Wanted session) {
    return new RunOptions(
        prompt(call, promptAt),
        workspace(call),
        budget(call),
        call.text("--timeout").map(ExecOptions::duration),
        session);
  }

  /// Returns the real path of the folder that `call` works in.
  public static Path workspace(Call call) {
    return ExecOptions.real(call.path("--cwd").orElse(call.world().folder()), "the folder");
  }

  /// Returns the limits of one prompt.
  public static Budget budget(Call call) {
    return new Budget(
        number(call, "--max-turns")
            .map(n -> OptionalInt.of((int) Math.min(n, 1 << 30)))
            .orElse(OptionalInt.empty()),
        number(call, "--max-tokens").map(OptionalLong::of).orElse(OptionalLong.empty()),
        call.text("--max-usd").map(RunOptions::money));
  }

  /// Returns which session `--continue` or `--resume` names.
  public static Wanted wanted(Call call) {
    Optional<String> id = call.text("--resume");
    if (id.isPresent() && call.has("--continue")) {
      throw new UsageException("--continue and --resume are two sessions: give one");
    }
    return id.<Wanted>map(Wanted.Named::new)
        .orElseGet(() -> call.has("--continue") ? new Wanted.Last() : new Wanted.New());
  }

  private static String prompt(Call call, int at) {
    String prompt =
        call.parameter(at)
            .orElseThrow(() -> new UsageException("what is to be done? redoubt run \"…\""));
    String text = prompt.equals("-") ? input(call) : prompt;
    if (text.isBlank()) {
      throw new UsageException("the prompt is empty");
    }
    return text;
  }

  private static String input(Call call) {
    try {
      byte[] bytes = call.world().streams().in().readNBytes(LARGEST_PROMPT + 1);
      if (bytes.length > LARGEST_PROMPT) {
        throw new UsageException("the prompt on standard input is over 1 MB: attach it as a file");
      }
      return new String(bytes, UTF_8).strip();
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "standard input cannot be read: %s".formatted(RedoubtException.reason(e)),
          e);
    }
  }

  private static Optional<Long> number(Call call, String name) {
    Optional<String> text = call.text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().matches("[1-9][0-9]{0,14}")) {
      return Optional.of(Long.parseLong(text.get()));
    }
    throw new UsageException("%s \"%s\" is no number above 0".formatted(name, text.get()));
  }

  private static Cost money(String text) {
    if (text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      Cost cost = Cost.usd(new BigDecimal(text));
      if (cost.nanoUsd() > 0) {
        return cost;
      }
    }
    throw new UsageException("--max-usd \"%s\" is no amount of dollars above 0".formatted(text));
  }
}
