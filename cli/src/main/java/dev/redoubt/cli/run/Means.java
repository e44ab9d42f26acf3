// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.engine.Budget;
import dev.redoubt.agent.engine.EngineSettings;
import dev.redoubt.agent.engine.ModelChain;
import dev.redoubt.agent.sessions.DaySpending;
import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/// What a session has to work with: its models, and how much it may use.
///
/// @param models in the order they are asked
/// @param run the limits of one prompt
/// @param session the limits of the whole session
/// @param day the limits of this day
public record Means(ModelChain models, Budget run, Budget session, Budget day) {

  public Means {
    requireNonNull(models, "models");
    requireNonNull(run, "run");
    requireNonNull(session, "session");
    requireNonNull(day, "day");
  }

  /// Returns what `call` and the operator's own configuration say.
  ///
  /// @param flags limits of one prompt, which go before those that are configured
  /// @throws UsageException if there is no model, or money is limited and nobody knows what one of
  ///   the models costs
  public static Means of(Call call, Mode mode, Budget flags) {
    RunSettings settings = RunSettings.of(call);
    RunSettings.RunLimits configured = settings.limits();
    Budget run =
        new Budget(
            flags.turns().isPresent() ? flags.turns() : configured.run().turns(),
            flags.tokens().isPresent() ? flags.tokens() : configured.run().tokens(),
            flags.cost().or(configured.run()::cost));
    Means means =
        new Means(
            ModelSelection.of(call, settings, mode), run, configured.session(), configured.day());
    means.requirePrices(flags.cost().isPresent() ? "--max-usd" : "options.limits.run.usd");
    return means;
  }

  /// Returns the limits of this day for work on `session`. What was used since midnight is looked
  /// up only when there is a limit.
  EngineSettings.Day day(Call call, SessionId session) {
    if (day.equals(Budget.UNLIMITED)) {
      return EngineSettings.Day.UNLIMITED;
    }
    ZoneId zone = ZoneId.systemDefault();
    Instant midnight =
        LocalDate.ofInstant(call.world().clock().instant(), zone).atStartOfDay(zone).toInstant();
    DaySpending spending = new DaySpending(new SessionFolder(call.globals().dataDir()), midnight);
    return new EngineSettings.Day(day, new DayBefore(spending, session));
  }

  private void requirePrices(String ofRun) {
    Optional<String> limit =
        run.cost().isPresent()
            ? Optional.of(ofRun)
            : session.cost().isPresent()
                ? Optional.of("options.limits.session.usd")
                : day.cost().map(_ -> "options.limits.day.usd");
    if (limit.isEmpty()) {
      return;
    }
    for (ModelChoice model : models.all()) {
      if (model.price().isEmpty()) {
        throw new UsageException(
            "%s needs a price, and nobody knows what \"%s/%s\" costs"
                .formatted(limit.get(), model.provider(), model.name()));
      }
    }
  }
}
