// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.agent.engine.Budget;
import dev.redoubt.agent.engine.ModelChain;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.document.Node;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// What the operator's own configuration says about runs: which models, and how much may be used. A
/// checkout has no say in it.
///
/// @param slots which model is asked for what
/// @param chain what is asked when it fails
/// @param rules when that is
/// @param limits how much may be used
record RunSettings(Slots slots, Chain chain, ModelChain.Rules rules, RunLimits limits) {

  private static final List<String> MODES = List.of("code", "plan", "review", "chat");
  private static final List<String> CHAIN =
      List.of("models", "on", "max-hops", "attempts", "longest-wait", "last-resort");
  /* A request that is wrong or refused stays so, whoever is asked. */
  private static final Set<Failure> CANNOT_LEAD = EnumSet.of(Failure.TOO_LONG, Failure.REFUSED);

  RunSettings {
    requireNonNull(slots, "slots");
    requireNonNull(chain, "chain");
    requireNonNull(rules, "rules");
    requireNonNull(limits, "limits");
  }

  /// Models by what they are for, in the manner of `provider/model`.
  ///
  /// @param large for the work
  /// @param small for summaries
  /// @param modes for the work in a mode
  record Slots(Optional<String> large, Optional<String> small, Map<String, String> modes) {
    Slots {
      modes = Map.copyOf(modes);
    }
  }

  /// Models that are asked when the first fails, in the manner of `provider/model`.
  record Chain(List<String> models, Optional<String> lastResort) {
    Chain {
      models = List.copyOf(models);
    }
  }

  /// How much may be used.
  record RunLimits(Budget run, Budget session, Budget day) {}

  /// Returns what the configuration of `call` says.
  ///
  /// @throws dev.redoubt.model.RedoubtException USAGE if it is malformed or has an unknown key,
  ///   UNREADABLE if the file of `--config` cannot be read
  static RunSettings of(Call call) {
    Table options = Table.options(call);
    Table fallback = options.table("fallback");
    fallback.requireKeys(CHAIN);
    Table limits = options.table("limits");
    limits.requireKeys(List.of("run", "session", "day"));
    return new RunSettings(
        slots(options),
        new Chain(fallback.texts("models"), fallback.text("last-resort")),
        rules(fallback, residencies(options)),
        new RunLimits(
            budget(limits.table("run")),
            budget(limits.table("session")),
            budget(limits.table("day"))));
  }

  private static Slots slots(Table options) {
    Table slots = options.table("slots");
    slots.requireKeys(List.of("large", "small"));
    Table modes = options.table("session-modes");
    modes.requireKeys(MODES);
    Map<String, String> models = new HashMap<>();
    for (String mode : MODES) {
      Table table = modes.table(mode);
      table.requireKeys(List.of("model"));
      table.text("model").ifPresent(model -> models.put(mode, model));
    }
    return new Slots(slots.text("large"), slots.text("small"), models);
  }

  /* To the rules none means anywhere, which an empty list surely does not say. */
  private static Set<String> residencies(Table options) {
    List<String> allowed = options.texts("residencies");
    if (allowed.isEmpty() && options.node().get("residencies").isPresent()) {
      throw options.wrong("residencies", "is empty; leave it out when data may go anywhere");
    }
    return Set.copyOf(allowed);
  }

  private static ModelChain.Rules rules(Table fallback, Set<String> residencies) {
    ModelChain.Rules usual = ModelChain.Rules.USUAL;
    return new ModelChain.Rules(
        qualifying(fallback, usual.qualifying()),
        (int) fallback.number("max-hops", usual.mostHops(), 20),
        (int) fallback.number("attempts", usual.attempts(), 10),
        fallback
            .text("longest-wait")
            .map(text -> seconds(fallback, text))
            .orElse(usual.longestWait()),
        residencies);
  }

  private static Set<Failure> qualifying(Table fallback, Set<Failure> usual) {
    List<String> words = fallback.texts("on");
    if (words.isEmpty()) {
      return usual;
    }
    Set<Failure> qualifying = EnumSet.noneOf(Failure.class);
    for (String word : words) {
      Failure failure =
          List.of(Failure.values()).stream()
              .filter(it -> word(it).equals(word) && !CANNOT_LEAD.contains(it))
              .findFirst()
              .orElseThrow(() ->
                  fallback.wrong(
                      "on",
                      "has \"%s\", which is none of %s"
                          .formatted(
                              word,
                              String.join(
                                  ", ",
                                  List.of(Failure.values()).stream()
                                      .filter(it -> !CANNOT_LEAD.contains(it))
                                      .map(RunSettings::word)
                                      .toList()))));
      qualifying.add(failure);
    }
    return qualifying;
  }

  private static String word(Failure failure) {
    return failure.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Duration seconds(Table fallback, String text) {
    if (text.matches("[0-9]{1,4}s")) {
      return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }
    throw fallback.wrong("longest-wait", "is no time in the manner of 30s");
  }

  private static Budget budget(Table table) {
    table.requireKeys(List.of("turns", "tokens", "usd"));
    long turns = table.number("turns", 0, 1 << 30);
    long tokens = table.number("tokens", 0, 1L << 50);
    return new Budget(
        turns == 0 ? OptionalInt.empty() : OptionalInt.of((int) turns),
        tokens == 0 ? OptionalLong.empty() : OptionalLong.of(tokens),
        money(table));
  }

  private static Optional<Cost> money(Table table) {
    Optional<String> text = table.node().get("usd").flatMap(Node::scalar);
    if (table.node().get("usd").isEmpty()) {
      return Optional.empty();
    }
    if (text.isPresent() && text.get().matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      Cost cost = Cost.usd(new BigDecimal(text.get()));
      if (cost.nanoUsd() > 0) {
        return Optional.of(cost);
      }
    }
    throw table.wrong("usd", "is no amount of dollars above 0");
  }
}
