// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.hooks;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.api.HookAnswer;
import dev.redoubt.agent.api.HookAnswer.Ruling;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Program;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A command that reads what happens as one JSON object and writes what it says to it.
///
/// Exit code 0 is an answer, 2 a no with what it wrote to its errors as the reason; everything else
/// is a failure, and so is an answer over 64 KB.
///
/// @param program what is run
/// @param folder where it runs, absolute: the workspace
public record CommandHook(HookTerms terms, Program program, Path folder) implements Hook {

  private static final Streams.Caps CAPS = new Streams.Caps(HookReply.LARGEST, 0);
  private static final int LONGEST_REASON = 2_000;
  private static final int NO = 2;

  public CommandHook {
    requireNonNull(terms, "terms");
    requireNonNull(program, "program");
    requireNonNull(folder, "folder");
  }

  @Override
  public String name() {
    return terms.name();
  }

  @Override
  public Moment moment() {
    return terms.moment();
  }

  @Override
  public Set<Right> rights() {
    return terms.rights();
  }

  @Override
  public boolean concerns(String tool, String action) {
    return terms.concerns(tool, action);
  }

  @Override
  public Asking ask(Node.Obj input) {
    Map<String, Node> told = new LinkedHashMap<>(input.fields());
    told.put("workspace", new Node.Text(folder.toString(), 1));
    Content written = Content.of(JsonText.of(new Node.Obj(told, 1)) + "\n");
    return new Asking.ByAction(
        new Action.Run(program, folder, Map.of(), Action.Input.GIVEN),
        new Manner(
            new Streams.Captured(written, CAPS, Streams.OutputListener.NONE),
            Optional.of(terms.allowed()),
            false),
        CommandHook::answer);
  }

  private static HookAnswer answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Ran(Ended ended) -> answer(ended);
      case Outcome.RefusedByGuard(var _, var decision) -> new HookAnswer.Failed(decision.reason());
      case Outcome.RefusedByWall(String reason, String _) -> new HookAnswer.Failed(reason);
      case Outcome.NotStarted(String reason, String _) -> new HookAnswer.Failed(reason);
      case Outcome.Failed(String reason) -> new HookAnswer.Failed(reason);
      case Outcome.Runs _,
          Outcome.ReadFile _,
          Outcome.Changed _,
          Outcome.Listed _,
          Outcome.Found _,
          Outcome.Connected _,
          Outcome.Fetched _,
          Outcome.Called _ ->
          throw new IllegalStateException("no outcome of a command");
    };
  }

  private static HookAnswer answer(Ended ended) {
    return switch (ended.ending()) {
      case Ending.Exited(int code) when code == 0 ->
          ended.output().left() > 0
              ? new HookAnswer.Failed("its answer is over %d KB".formatted(HookReply.LARGEST >> 10))
              : HookReply.read(ended.output().bytes());
      case Ending.Exited(int code) when code == NO ->
          new HookAnswer.Said(Ruling.DENY, errors(ended), Optional.empty(), "");
      case Ending.Exited(int code) ->
          new HookAnswer.Failed("exit code %d: %s".formatted(code, errors(ended)).strip());
      case Ending.Signalled(int number) ->
          new HookAnswer.Failed("it was ended by signal " + number);
      case Ending.TimedOut(Duration allowed) ->
          new HookAnswer.Failed("it took longer than %d s".formatted(allowed.toSeconds()));
      case Ending.Cut(String reason) -> new HookAnswer.Failed(reason);
    };
  }

  private static String errors(Ended ended) {
    String text = ended.errors().toString().strip();
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
