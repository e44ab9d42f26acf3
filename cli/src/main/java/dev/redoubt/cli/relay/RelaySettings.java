// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.relay.engine.Enforcement;
import dev.redoubt.relay.engine.Enforcement.Mode;
import dev.redoubt.relay.limits.Limit;
import dev.redoubt.relay.limits.Window;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `[relay]` of the operator's own configuration: the modes of rules and the limits of calls
/// that every relay of this user holds.
///
/// @param mode of rules that have none of their own, if it is named
/// @param byRule the modes of rules, and of families of them (`pins.*`)
/// @param limits in the order of the file
record RelaySettings(Optional<Mode> mode, Map<String, Mode> byRule, List<Limit> limits) {

  private static final List<String> KEYS =
      List.of("suppress", "mode", "modes", "limits", "block-severity", "without-advisories");
  private static final List<String> LIMIT =
      List.of(
          "name",
          "server",
          "tool",
          "agent",
          "each",
          "calls-per-minute",
          "calls-per-day",
          "calls-at-once",
          "bytes-per-day",
          "between",
          "days",
          "zone");
  private static final int MOST_A_MINUTE = 6_000;
  private static final int MOST = 1_000_000_000;
  private static final long MOST_BYTES = 1L << 50;
  private static final int MOST_LIMITS = 100;

  RelaySettings {
    requireNonNull(mode, "mode");
    byRule = Map.copyOf(byRule);
    limits = List.copyOf(limits);
  }

  /// Returns what the configuration of `call` says.
  ///
  /// @throws dev.redoubt.model.RedoubtException USAGE with file and line if it is not understood
  static RelaySettings of(Call call) {
    Table table = Table.root(call).table("relay");
    table.requireKeys(KEYS);
    Optional<Mode> mode = table.text("mode").map(text -> mode(table, "mode", text));
    Map<String, Mode> byRule = new LinkedHashMap<>();
    Table modes = table.table("modes");
    for (String rule : modes.node().fields().keySet()) {
      if (rule.isBlank() || rule.equals("*") || Enforcement.isAlways(rule)) {
        throw modes.wrong(rule, "has no mode: what a relay needs itself always holds");
      }
      int star = rule.indexOf('*');
      if (star >= 0 && (star != rule.length() - 1 || !rule.endsWith(".*"))) {
        throw modes.wrong(rule, "is no rule and no family in the manner of \"pins.*\"");
      }
      byRule.put(rule, mode(modes, rule, modes.text(rule).orElse("")));
    }
    List<Limit> limits = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Table limit : table.tables("limits")) {
      limits.add(limit(limit));
      if (!names.add(limits.getLast().name())) {
        throw limit.wrong("name", "is taken by another limit");
      }
    }
    if (limits.size() > MOST_LIMITS) {
      throw table.wrong("limits", "are more than %d".formatted(MOST_LIMITS));
    }
    return new RelaySettings(mode, byRule, limits);
  }

  /// Returns what rules do, when the command line says `typed`.
  Enforcement enforcement(Optional<Mode> typed) {
    return new Enforcement(typed.or(() -> mode).orElse(Mode.ENFORCE), byRule);
  }

  private static Mode mode(Table table, String key, String text) {
    return switch (text) {
      case "enforce" -> Mode.ENFORCE;
      case "observe" -> Mode.OBSERVE;
      default -> throw table.wrong(key, "is not \"enforce\" or \"observe\"");
    };
  }

  private static Limit limit(Table table) {
    table.requireKeys(LIMIT);
    String name = table.text("name").orElse("");
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*") || name.length() > 64) {
      throw table.wrong("name", "is needed: lower-case letters, digits and single hyphens");
    }
    Limit.Rates rates =
        new Limit.Rates(
            (int) number(table, "calls-per-minute", MOST_A_MINUTE),
            (int) number(table, "calls-per-day", MOST),
            (int) number(table, "calls-at-once", MOST),
            number(table, "bytes-per-day", MOST_BYTES));
    boolean timed = table.node().get("between").isPresent() || table.node().get("days").isPresent();
    if (rates.equals(new Limit.Rates(0, 0, 0, 0)) && !timed) {
      throw table.wrong(
          "name",
          "limits nothing: give at least one of calls-per-minute, calls-per-day, calls-at-once,"
              + " bytes-per-day, between and days");
    }
    return new Limit(
        name,
        new Limit.Scope(named(table, "server"), named(table, "tool"), named(table, "agent")),
        each(table),
        rates,
        window(table));
  }

  private static long number(Table table, String key, long most) {
    return table.node().get(key).isEmpty() ? 0 : table.number(key, 1, most);
  }

  private static String named(Table table, String key) {
    String text = table.text(key).orElse("*");
    if (text.isBlank()) {
      throw table.wrong(key, "is empty; \"*\" means every one");
    }
    return text;
  }

  private static Set<Limit.Each> each(Table table) {
    Set<Limit.Each> each = EnumSet.noneOf(Limit.Each.class);
    for (String text : table.texts("each")) {
      switch (text) {
        case "server" -> each.add(Limit.Each.SERVER);
        case "tool" -> each.add(Limit.Each.TOOL);
        case "agent" -> each.add(Limit.Each.AGENT);
        default -> throw table.wrong("each", "lists \"server\", \"tool\" and \"agent\" only");
      }
    }
    return each;
  }

  private static Window window(Table table) {
    ZoneId zone = table.text("zone").map(text -> zone(table, text)).orElse(ZoneId.systemDefault());
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String text : table.texts("days")) {
      days.add(day(table, text));
    }
    if (table.node().get("days").isPresent() && days.isEmpty()) {
      throw table.wrong("days", "is empty, and no call would ever pass");
    }
    Optional<String> between = table.text("between");
    if (between.isEmpty()) {
      return new Window(LocalTime.MIN, LocalTime.MIN, days, zone);
    }
    String[] times = between.get().split("-", -1);
    if (times.length != 2) {
      throw table.wrong("between", "is not in the manner of \"08:00-18:00\"");
    }
    return new Window(time(table, times[0]), time(table, times[1]), days, zone);
  }

  private static ZoneId zone(Table table, String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw table.wrong("zone", "is no zone in the manner of \"Europe/Berlin\"");
    }
  }

  private static LocalTime time(Table table, String text) {
    try {
      String clock = text.strip();
      return clock.equals("24:00") ? LocalTime.MIN : LocalTime.parse(clock);
    } catch (DateTimeParseException e) {
      throw table.wrong("between", "is not in the manner of \"08:00-18:00\"");
    }
  }

  private static DayOfWeek day(Table table, String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = day.name().toLowerCase(Locale.ROOT);
      if (text.length() >= 3 && name.startsWith(text)) {
        return day;
      }
    }
    throw table.wrong("days", "has \"%s\", which is not mon, tue, … sun".formatted(text));
  }
}
