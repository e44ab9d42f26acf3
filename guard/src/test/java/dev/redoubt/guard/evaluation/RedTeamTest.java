// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Attacks the built-in policy with lines that must not run unasked.
class RedTeamTest {

  static List<Corpus.Line> hostile() {
    List<Corpus.Line> lines = new ArrayList<>(Corpus.text("hostile.txt"));
    lines.addAll(Corpus.json("hostile.json", "several lines"));
    return lines;
  }

  @Test
  void noWrittenAttackIsAllowed() {
    assertThat(allowed(hostile().stream().map(Corpus.Line::text).toList())).isEmpty();
  }

  @Test
  void noSpellingOfAWordHidesACommand() {
    assertThat(allowed(Variants.quoted())).isEmpty();
  }

  @Test
  void noWrapperHidesACommand() {
    assertThat(allowed(Variants.wrapped())).isEmpty();
  }

  @Test
  void noPlaceHidesACommand() {
    assertThat(allowed(Variants.placed())).isEmpty();
  }

  @Test
  void noSpellingOfAnOptionHidesIt() {
    assertThat(allowed(Variants.options())).isEmpty();
  }

  @Test
  void thousandsOfVariantsAreTried() {
    int variants =
        Variants.quoted().size()
            + Variants.wrapped().size()
            + Variants.placed().size()
            + Variants.options().size();
    assertThat(variants).isGreaterThan(4_000);
  }

  private static List<String> allowed(List<String> lines) {
    return lines.stream().filter(line -> Bench.decide(line).equals("allow")).toList();
  }
}
