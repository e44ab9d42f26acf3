// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.osv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.advisory.osv.Evaluator.Verdict;
import dev.redoubt.advisory.versions.VersionOrder;
import dev.redoubt.advisory.versions.VersionOrders;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {

  private static final VersionOrder SEMVER = VersionOrders.forEcosystem("npm").orElseThrow();
  private final Evaluator evaluator = new Evaluator(SEMVER);

  @ParameterizedTest
  @CsvSource({
    "i:0,                        0.0.0-alpha, AFFECTED",
    "i:0,                        99.0.0,      AFFECTED",
    "i:0 f:1.0.0,                0.9.9,       AFFECTED",
    "i:0 f:1.0.0,                1.0.0-rc.1,  AFFECTED",
    "i:0 f:1.0.0,                1.0.0,       NOT_AFFECTED",
    "i:1.0.0 f:2.0.0,            0.9.9,       NOT_AFFECTED",
    "i:1.0.0 f:2.0.0,            1.0.0,       AFFECTED",
    "i:1.0.0 l:2.0.0,            2.0.0,       AFFECTED",
    "i:1.0.0 l:2.0.0,            2.0.1,       NOT_AFFECTED",
    "f:2.0.0 i:1.0.0,            1.5.0,       AFFECTED",
    "f:2.0.0 i:1.0.0,            2.0.0,       NOT_AFFECTED",
    "i:0 f:1.0.0 i:2.0.0 f:2.1.0, 1.5.0,      NOT_AFFECTED",
    "i:0 f:1.0.0 i:2.0.0 f:2.1.0, 2.0.5,      AFFECTED",
    "i:0 f:1.0.0 i:2.0.0 f:2.1.0, 3.0.0,      NOT_AFFECTED",
    "i:2.0.0 f:2.1.0 i:0 f:1.0.0, 0.5.0,      AFFECTED",
    "i:0 f:1.0.0 i:1.0.0 f:2.0.0, 1.0.0,      AFFECTED",
    "i:1.0.0 f:1.0.0,            1.0.0,       NOT_AFFECTED",
    "i:1.0.0 l:1.0.0,            1.0.0,       AFFECTED",
    "i:1.0.0 l:1.0.0,            1.0.1,       NOT_AFFECTED",
    "i:0 f:1.0.0 f:1.2.0,        1.1.0,       NOT_AFFECTED",
    "i:0 L:2.0.0,                1.9.9,       AFFECTED",
    "i:0 L:2.0.0,                2.0.0,       NOT_AFFECTED",
    "i:0 L:1.0.0 L:2.0.0,        1.5.0,       AFFECTED",
    "i:0 L:*,                    9.9.9,       AFFECTED",
    "i:0 f:1.0.0 L:*,            2.0.0,       NOT_AFFECTED",
    "f:1.0.0,                    0.5.0,       NOT_AFFECTED",
  })
  void aRangeIsJudgedByItsEventsInTheOrderOfTheirVersions(
      String events, String version, Verdict expected) {
    assertThat(evaluator.judge(affected(List.of(range(events)), List.of()), version))
        .isEqualTo(expected);
  }

  @Test
  void aListedVersionIsAffectedBesideAnyRange() {
    var part = affected(List.of(range("i:2.0.0 f:3.0.0")), List.of("1.0.0"));

    assertThat(evaluator.judge(part, "1.0.0")).isEqualTo(Verdict.AFFECTED);
    assertThat(evaluator.judge(part, "2.5.0")).isEqualTo(Verdict.AFFECTED);
    assertThat(evaluator.judge(part, "1.0.1")).isEqualTo(Verdict.NOT_AFFECTED);
  }

  @Test
  void listedVersionsAreEqualWhenTheEcosystemSaysSo() {
    var python = new Evaluator(VersionOrders.forEcosystem("PyPI").orElseThrow());

    assertThat(python.judge(affected(List.of(), List.of("1.0")), "1.0.0"))
        .isEqualTo(Verdict.AFFECTED);
  }

  @Test
  void commitsAreNeverComparedAsVersions() {
    var commits = new OsvRange(OsvRange.Type.GIT, List.of());

    assertThat(evaluator.judge(affected(List.of(commits), List.of()), "1.0.0"))
        .isEqualTo(Verdict.UNDECIDED);
    assertThat(evaluator.judge(affected(List.of(commits), List.of("2.0.0")), "1.0.0"))
        .isEqualTo(Verdict.NOT_AFFECTED);
    assertThat(
            evaluator.judge(affected(List.of(commits, range("i:0 f:1.0.0")), List.of()), "1.0.0"))
        .isEqualTo(Verdict.NOT_AFFECTED);
  }

  @Test
  void whatCannotBeReadIsNeverNotAffected() {
    var unreadable = new OsvRange(OsvRange.Type.UNREADABLE, List.of());

    assertThat(
            evaluator.judge(
                affected(List.of(range("i:0 f:1.0.0"), unreadable), List.of()), "1.0.0"))
        .isEqualTo(Verdict.UNDECIDED);
    assertThat(evaluator.judge(affected(List.of(), List.of()), "1.0.0"))
        .isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void withoutAnOrderOnlyListsAndWholeRangesDecide() {
    var unordered = new Evaluator(null);

    assertThat(unordered.judge(affected(List.of(), List.of("7")), "7")).isEqualTo(Verdict.AFFECTED);
    assertThat(unordered.judge(affected(List.of(range("i:0")), List.of()), "7"))
        .isEqualTo(Verdict.AFFECTED);
    assertThat(unordered.judge(affected(List.of(range("i:0 f:8")), List.of()), "7"))
        .isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void anUnknownVersionIsAffectedOnlyWhenEveryVersionIs() {
    assertThat(evaluator.judge(affected(List.of(range("i:0")), List.of()), null))
        .isEqualTo(Verdict.AFFECTED);
    assertThat(evaluator.judge(affected(List.of(range("i:0 f:1.0.0")), List.of()), null))
        .isEqualTo(Verdict.UNDECIDED);
  }

  @ParameterizedTest
  @CsvSource({
    "i:0 f:1.0.0,                            0.5.0, 1.0.0",
    "i:0 f:1.0.0 i:2.0.0 f:2.1.0,            0.5.0, 1.0.0",
    "i:0 f:1.0.0 i:2.0.0 f:2.1.0,            2.0.0, 2.1.0",
    "i:0 f:1.0.0 i:1.0.0 f:2.0.0,            0.5.0, 2.0.0",
    "i:0 f:2.0.0-rc.1 f:2.0.0,               0.5.0, 2.0.0",
    "i:0 f:2.0.0-rc.1 f:3.0.0,               0.5.0, 2.0.0-rc.1",
    "i:0 l:1.0.0,                            0.5.0,",
    "i:0,                                    0.5.0,",
  })
  void theFixIsTheSmallestVersionAboveThatIsNotAffected(
      String events, String version, String expected) {
    assertThat(evaluator.at(version).fixed(List.of(affected(List.of(range(events)), List.of()))))
        .isEqualTo(java.util.Optional.ofNullable(expected));
  }

  @Test
  void aFixThatAnotherRecordCallsAffectedIsNoFix() {
    var first = affected(List.of(range("i:0 f:1.0.0")), List.of());
    var second = affected(List.of(range("i:0 f:1.1.0")), List.of("1.1.0"));
    var third = affected(List.of(range("i:0 f:1.2.0")), List.of());

    assertThat(evaluator.at("0.1.0").fixed(List.of(first, second, third))).contains("1.2.0");
  }

  private static Affected affected(List<OsvRange> ranges, List<String> versions) {
    return new Affected(
        new Affected.Coordinate("npm", "", "left-pad"), ranges, versions, List.of());
  }

  private static OsvRange range(String events) {
    List<OsvRange.Event> parsed = new ArrayList<>();
    for (String event : events.strip().split(" ", -1)) {
      OsvRange.Kind kind =
          switch (event.charAt(0)) {
            case 'i' -> OsvRange.Kind.INTRODUCED;
            case 'f' -> OsvRange.Kind.FIXED;
            case 'l' -> OsvRange.Kind.LAST_AFFECTED;
            default -> OsvRange.Kind.LIMIT;
          };
      parsed.add(new OsvRange.Event(kind, event.substring(2)));
    }
    return new OsvRange(OsvRange.Type.SEMVER, parsed);
  }
}
