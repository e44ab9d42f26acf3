// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.cvss;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The scoring of CVSS 4.0: the score of the vector's group, less how far the vector is from the
/// worst of its group.
///
/// In whole numbers throughout: the specification rounds half up, and a score such as 8.55 must not
/// become 8.5 because a double cannot hold it.
final class Cvss4 {

  private static final List<String> IMPACTS = List.of("VC", "VI", "VA", "SC", "SI", "SA");

  /* Divisible by every depth of a class and by every number of classes that can be averaged. */
  private static final int UNIT = 840 * 60;

  /* The values of each metric from worst to least bad, one step apart. */
  private static final Map<String, String> STEPS =
      Map.ofEntries(
          Map.entry("AV", "NALP"),
          Map.entry("PR", "NLH"),
          Map.entry("UI", "NPA"),
          Map.entry("AC", "LH"),
          Map.entry("AT", "NP"),
          Map.entry("VC", "HLN"),
          Map.entry("VI", "HLN"),
          Map.entry("VA", "HLN"),
          Map.entry("SC", "SHLN"),
          Map.entry("SI", "SHLN"),
          Map.entry("SA", "SHLN"),
          Map.entry("CR", "HML"),
          Map.entry("IR", "HML"),
          Map.entry("AR", "HML"));

  /// One metric of a worst vector: its name, its values in order, and which of them it has.
  private record Mark(String name, String values, int at) {
    static Mark of(String metric) {
      String name = metric.substring(0, 2);
      String values = requireNonNull(STEPS.get(name));
      return new Mark(name, values, values.indexOf(metric.charAt(3)));
    }
  }

  /// One level of a class: its worst vectors, and how many steps the least bad one is away.
  private record Level(int depth, List<List<Mark>> worst) {
    static Level of(int depth, String... worst) {
      return new Level(
          depth,
          List.of(worst).stream()
              .map(vector -> List.of(vector.split("/", -1)).stream().map(Mark::of).toList())
              .toList());
    }
  }

  private static final List<Level> EQ1 =
      List.of(
          Level.of(1, "AV:N/PR:N/UI:N"),
          Level.of(4, "AV:A/PR:N/UI:N", "AV:N/PR:L/UI:N", "AV:N/PR:N/UI:P"),
          Level.of(5, "AV:P/PR:N/UI:N", "AV:A/PR:L/UI:P"));
  private static final List<Level> EQ2 =
      List.of(Level.of(1, "AC:L/AT:N"), Level.of(2, "AC:H/AT:N", "AC:L/AT:P"));
  private static final List<Level> EQ4 =
      List.of(
          Level.of(6, "SC:H/SI:S/SA:S"),
          Level.of(5, "SC:H/SI:H/SA:H"),
          Level.of(4, "SC:L/SI:L/SA:L"));

  /* Exploit maturity has one vector in each level, so nothing is ever a step away. */
  private static final Level EQ5 = new Level(1, List.of(List.of()));

  /* By 2 times eq3 plus eq6. */
  private static final Map<Integer, Level> EQ3_AND_6 =
      Map.of(
          0,
          Level.of(7, "VC:H/VI:H/VA:H/CR:H/IR:H/AR:H"),
          1,
          Level.of(6, "VC:H/VI:H/VA:L/CR:M/IR:M/AR:H", "VC:H/VI:H/VA:H/CR:M/IR:M/AR:M"),
          2,
          Level.of(8, "VC:L/VI:H/VA:H/CR:H/IR:H/AR:H", "VC:H/VI:L/VA:H/CR:H/IR:H/AR:H"),
          3,
          Level.of(
              8,
              "VC:L/VI:H/VA:L/CR:H/IR:M/AR:H",
              "VC:L/VI:H/VA:H/CR:H/IR:M/AR:M",
              "VC:H/VI:L/VA:H/CR:M/IR:H/AR:M",
              "VC:H/VI:L/VA:L/CR:M/IR:H/AR:H",
              "VC:L/VI:L/VA:H/CR:H/IR:H/AR:M"),
          5,
          Level.of(10, "VC:L/VI:L/VA:L/CR:H/IR:H/AR:H"));

  private final Map<String, String> vector;

  private Cvss4(Map<String, String> vector) {
    this.vector = vector;
  }

  /// Returns ten times the score.
  static int tenths(Map<String, String> vector) {
    return new Cvss4(effective(vector)).tenths();
  }

  private int tenths() {
    if (IMPACTS.stream().allMatch(impact -> is(impact, "N"))) {
      return 0;
    }
    MacroVector group = group();
    int worst = group.tenths().orElseThrow();
    Level eq3And6 = requireNonNull(EQ3_AND_6.get(2 * group.eq3() + group.eq6()));
    long sum = 0;
    int lowerGroups = 0;
    for (Step step :
        List.of(
            new Step(group.lowerEq1().tenths(), EQ1.get(group.eq1())),
            new Step(group.lowerEq2().tenths(), EQ2.get(group.eq2())),
            new Step(lowerEq3And6(group), eq3And6),
            new Step(group.lowerEq4().tenths(), EQ4.get(group.eq4())),
            new Step(group.lowerEq5().tenths(), EQ5))) {
      if (step.lower().isPresent()) {
        Level level = step.level();
        lowerGroups++;
        sum += (long) (worst - step.lower().getAsInt()) * distance(level) * (840 / level.depth());
      }
    }
    long units = (long) worst * UNIT - (lowerGroups == 0 ? 0 : sum * (60 / lowerGroups));
    return Math.clamp(Math.floorDiv(2 * units + UNIT, 2L * UNIT), 0, 100);
  }

  /// The score of the next lower group in one class, and the level in that class.
  private record Step(OptionalInt lower, Level level) {}

  /* The classes 3 and 6 depend on each other: from 0 0 there are two ways down, and the smaller step
  counts. */
  private static OptionalInt lowerEq3And6(MacroVector group) {
    if (group.eq6() == 1) {
      return group.lowerEq3().tenths();
    }
    OptionalInt lower = group.lowerEq6().tenths();
    return group.eq3() == 0 && group.lowerEq3().tenths().orElse(0) > lower.orElse(0)
        ? group.lowerEq3().tenths()
        : lower;
  }

  private MacroVector group() {
    boolean remote = is("AV", "N");
    boolean all = remote && is("PR", "N") && is("UI", "N");
    boolean any = remote || is("PR", "N") || is("UI", "N");
    boolean safety = is("SI", "S") || is("SA", "S");
    boolean subsequent = is("SC", "H") || is("SI", "H") || is("SA", "H");
    boolean demanded =
        (is("CR", "H") && is("VC", "H"))
            || (is("IR", "H") && is("VI", "H"))
            || (is("AR", "H") && is("VA", "H"));
    return new MacroVector(
        all ? 0 : any && !is("AV", "P") ? 1 : 2,
        is("AC", "L") && is("AT", "N") ? 0 : 1,
        eq3(),
        safety ? 0 : subsequent ? 1 : 2,
        is("E", "A") ? 0 : is("E", "P") ? 1 : 2,
        demanded ? 0 : 1);
  }

  private int eq3() {
    if (is("VC", "H") && is("VI", "H")) {
      return 0;
    }
    return is("VC", "H") || is("VI", "H") || is("VA", "H") ? 1 : 2;
  }

  /* From the first of the worst vectors that is at least as bad in every metric. */
  private int distance(Level level) {
    for (List<Mark> worst : level.worst()) {
      int distance = distanceTo(worst);
      if (distance >= 0) {
        return distance;
      }
    }
    throw new IllegalStateException("no worst vector is as bad as " + vector);
  }

  private int distanceTo(List<Mark> worst) {
    int distance = 0;
    for (Mark mark : worst) {
      int steps = mark.values().indexOf(value(mark.name())) - mark.at();
      if (steps < 0) {
        return -1;
      }
      distance += steps;
    }
    return distance;
  }

  private boolean is(String metric, String value) {
    return value(metric).equals(value);
  }

  private String value(String metric) {
    return requireNonNull(vector.get(metric));
  }

  /* The modified metric stands when it is given; what is not defined counts as the worst. */
  private static Map<String, String> effective(Map<String, String> given) {
    Map<String, String> effective = new HashMap<>();
    for (String metric : STEPS.keySet()) {
      String modified = given.getOrDefault("M" + metric, "X");
      String value = modified.equals("X") ? given.getOrDefault(metric, "X") : modified;
      effective.put(metric, value.equals("X") ? "H" : value);
    }
    String maturity = given.getOrDefault("E", "X");
    effective.put("E", maturity.equals("X") ? "A" : maturity);
    return effective;
  }
}
