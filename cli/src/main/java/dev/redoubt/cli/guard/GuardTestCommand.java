// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.FileFacts;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt guard test`: asks the guard a table of cases and compares the answers.
///
/// Ends with 1 when an answer is not the expected one, with 2 when the table is not understood.
public final class GuardTestCommand implements Command {

  @Override
  public CommandSpec spec() {
    return GuardOptions.addPolicy(CommandSpec.create())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("FILE")
                .type(String.class)
                .arity("0..1")
                .description("A table of cases in TOML.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt guard test guard-cases.toml",
        "redoubt guard test --policy new.toml guard-cases.toml");
  }

  @Override
  public int run(Call call) {
    String name =
        call.parameter(0)
            .orElseThrow(() -> new UsageException("which cases? redoubt guard test FILE"));
    String workspace = call.path("--workspace").orElse(call.world().folder()).toString();
    List<GuardCase> cases = GuardCases.read(call.resolve(name), name, workspace);
    GuardEngine engine = GuardEngine.of(call, FileFacts.NONE);
    PrintStream out = call.world().out();
    int failed = 0;
    for (GuardCase next : cases) {
      Decision decision = engine.judge(next.question()).decision();
      boolean asExpected =
          Answers.word(decision).equals(next.expected())
              && (next.rule().isEmpty() || next.rule().equals(decision.rule()));
      if (!asExpected) {
        failed++;
        out.println("%s:%d: %s".formatted(name, next.line(), CommandOutput.plain(next.shown())));
        out.println(
            "    expected  %s%s"
                .formatted(next.expected(), next.rule().isEmpty() ? "" : "  " + next.rule()));
        out.println(
            "    got       %s  %s: %s"
                .formatted(
                    Answers.word(decision),
                    decision.rule(),
                    CommandOutput.plain(decision.reason())));
      }
    }
    out.println("%,d cases, %,d failed".formatted(cases.size(), failed));
    return failed == 0 ? ExitCode.OK : ExitCode.NO;
  }
}
