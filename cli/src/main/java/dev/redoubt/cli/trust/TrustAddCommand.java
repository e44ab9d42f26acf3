// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.trust;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.guard.trust.TrustRecord;
import dev.redoubt.guard.trust.TrustState;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt trust add`: shows what a checkout would switch on and asks whether to trust it.
///
/// What is kept is exactly what was shown. Without a terminal nothing is trusted unless `--yes` was
/// given; the command then ends with 10. A checkout that cannot be looked at as a whole cannot be
/// trusted.
public final class TrustAddCommand implements Command {

  @Override
  public CommandSpec spec() {
    return TrustOptions.folder(TrustOptions.json(CommandSpec.create()))
        .addOption(
            OptionSpec.builder("-y", "--yes").description("Trust it without a question.").build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt trust add", "redoubt trust add ~/projects/app --yes");
  }

  @Override
  public int run(Call call) {
    Path dataDir = call.globals().dataDir();
    WorkspaceTrust trust = WorkspaceTrust.of(dataDir, TrustOptions.folder(call));
    if (!trust.survey().problems().isEmpty()) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot trust \"%s\": %s: remove it or make it readable"
              .formatted(trust.workspace(), trust.survey().problems().getFirst()),
          null);
    }
    boolean json = call.has("--json");
    if (!json) {
      TrustOutput.text(call.world().out(), trust);
      call.world().out().flush();
    }
    if (!call.has("--yes")) {
      int answer = ask(call, trust.workspace());
      if (answer != ExitCode.OK) {
        return answer;
      }
    }
    Instant now = call.world().clock().instant();
    TrustFile.of(dataDir, trust.workspace())
        .write(new TrustRecord(trust.workspace().toString(), now, trust.survey().items()));
    report(
        call, new WorkspaceTrust(trust.workspace(), new TrustState.Trusted(now), trust.survey()));
    return ExitCode.OK;
  }

  private static void report(Call call, WorkspaceTrust trust) {
    if (call.has("--json")) {
      CommandOutput.json(call, json -> TrustOutput.json(json, trust));
    } else {
      call.world().out().println(CommandOutput.plain(trust.workspace() + ": trusted from now on"));
    }
  }

  private static int ask(Call call, Path workspace) {
    Terminals terminals = call.world().streams().terminals();
    if (!terminals.in() || !terminals.err()) {
      call.world()
          .err()
          .println(
              "redoubt: not trusted: nobody can be asked here; add --yes to trust "
                  + CommandOutput.plain(workspace.toString()));
      return ExitCode.QUESTION;
    }
    call.world().err().print("Trust " + CommandOutput.plain(workspace.toString()) + "? [y/N] ");
    call.world().err().flush();
    try {
      String answer =
          new BufferedReader(
                  new InputStreamReader(call.world().streams().in(), StandardCharsets.UTF_8))
              .readLine();
      boolean yes =
          answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
      return yes ? ExitCode.OK : ExitCode.NO;
    } catch (IOException e) {
      return ExitCode.QUESTION;
    }
  }
}
