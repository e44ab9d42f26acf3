// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.guard.Decision;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.files.HostFileFacts;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt guard check`: asks the guard and does nothing.
///
/// Ends with 0 for allow, 10 for ask, 20 for deny. With `--stdin` every line is a question and gets
/// one line of answer in the same order; the command then ends with 0.
public final class GuardCheckCommand implements Command {

  private static final int LONGEST_LINE = 1 << 20;

  @Override
  public CommandSpec spec() {
    return GuardOptions.addTo(CommandSpec.create())
        .addOption(
            OptionSpec.builder("--stdin")
                .description("Read questions from standard input, one JSON object a line.")
                .build())
        .addOption(OptionSpec.builder("--json").description("Answer with a JSON object.").build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt guard check --command 'git status && rm -rf build'",
        "redoubt guard check --path ~/.ssh/id_ed25519",
        "redoubt guard check --url http://169.254.169.254/ --json");
  }

  @Override
  public int run(Call call) {
    GuardEngine engine = GuardEngine.of(call, new HostFileFacts(call.world().environment()));
    if (call.has("--stdin")) {
      return batch(call, engine);
    }
    Decision decision = engine.judge(GuardOptions.question(call)).decision();
    if (call.has("--json")) {
      call.world().out().println(Answers.json(decision));
    } else {
      words(call.world(), decision);
    }
    return Answers.exitCode(decision);
  }

  private static void words(Surroundings world, Decision decision) {
    world
        .out()
        .println(
            Answers.word(decision)
                + "  "
                + decision.rule()
                + ": "
                + CommandOutput.plain(decision.reason()));
    for (String rule : Answers.rules(decision)) {
      world.out().println("  a rule that would allow it: " + CommandOutput.plain(rule));
    }
  }

  private static int batch(Call call, GuardEngine engine) {
    QuestionReader reader = new QuestionReader(call.world().folder().toString());
    try (InputStream in = new BufferedInputStream(call.world().streams().in(), 1 << 16)) {
      for (Optional<byte[]> line = line(in); line.isPresent(); line = line(in)) {
        if (!isBlank(line.get())) {
          call.world().out().println(Answers.json(answer(reader, engine, line.get())));
          if (in.available() == 0) {
            call.world().out().flush();
          }
        }
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "cannot read standard input: " + e.getMessage(), e);
    }
    call.world().out().flush();
    return ExitCode.OK;
  }

  private static Decision answer(QuestionReader reader, GuardEngine engine, byte[] line) {
    if (line.length > LONGEST_LINE) {
      return malformed("the line is longer than %d bytes".formatted(LONGEST_LINE));
    }
    return switch (reader.read(line)) {
      case QuestionReader.Line.Asked(Question question) -> engine.judge(question).decision();
      case QuestionReader.Line.Malformed(String reason) -> malformed(reason);
    };
  }

  private static Decision malformed(String reason) {
    return new Decision.Deny("input.malformed", reason, List.of());
  }

  /* The rest of a line that is too long is read and dropped, so the next answer fits its line. */
  private static Optional<byte[]> line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() <= LONGEST_LINE) {
        line.write(next);
      }
    }
    return Optional.of(line.toByteArray());
  }

  private static boolean isBlank(byte[] line) {
    for (byte value : line) {
      if (value != ' ' && value != '\t' && value != '\r') {
        return false;
      }
    }
    return true;
  }
}
