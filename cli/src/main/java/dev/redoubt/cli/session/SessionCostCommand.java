// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.sessions.SessionIndex;
import dev.redoubt.agent.sessions.SessionSummary;
import dev.redoubt.agent.sessions.Transcript.Spent;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt session cost`: what sessions used, by model and in all.
public final class SessionCostCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create();
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt session cost", "redoubt session cost --data-dir /srv/redoubt");
  }

  @Override
  public int run(Call call) {
    Map<String, Spent> byModel = new TreeMap<>();
    Spent all = Spent.NOTHING;
    for (SessionSummary summary : SessionIndex.of(SessionOptions.folder(call))) {
      byModel.merge(summary.place().model(), summary.spent(), Spent::plus);
      all = all.plus(summary.spent());
    }
    byModel.forEach((model, spent) -> line(call, model, spent));
    line(call, "all", all);
    return ExitCode.OK;
  }

  private static void line(Call call, String name, Spent spent) {
    Cost known = spent.cost();
    CommandOutput.line(
        call,
        "%s: %d turns, %d tokens in (%d from a cache), %d out, %s%s",
        name,
        spent.turns(),
        spent.usage().input(),
        spent.usage().cacheRead(),
        spent.usage().output(),
        known,
        spent.unpriced() == 0
            ? ""
            : " and %d turns whose price is unknown".formatted(spent.unpriced()));
  }
}
