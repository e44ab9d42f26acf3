// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.reach.RankedFinding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Judges ranked findings: takes out what does not count and says which threshold decides.
///
/// @param thresholds the lines, the first one crossed in this order decides
/// @param ignores what somebody decided to live with
/// @param vex what VEX documents say does not matter
/// @param baseline an earlier report; what it already has does not cross a threshold
/// @param gapsPolicy what gaps do to the verdict
/// @param today the day ignores are held against
public record Thresholds(
    List<Threshold> thresholds,
    List<Ignore> ignores,
    Vex vex,
    Optional<PastReport> baseline,
    GapsPolicy gapsPolicy,
    LocalDate today) {

  /// What gaps do to the verdict.
  public enum GapsPolicy {
    /// They are shown.
    SHOWN,
    /// They end in exit code 3 when no threshold was crossed: `--strict`.
    STRICT
  }

  private static final String UNCHECKED = "no advisories for ";

  public Thresholds {
    thresholds = List.copyOf(thresholds);
    ignores = List.copyOf(ignores);
    requireNonNull(vex, "vex");
    requireNonNull(baseline, "baseline");
    requireNonNull(gapsPolicy, "gapsPolicy");
    requireNonNull(today, "today");
  }

  /// Returns what `ranked` amounts to.
  ///
  /// @param gaps what the scan could not look at
  public Judgement judge(List<RankedFinding> ranked, List<Gap> gaps) {
    List<RankedFinding> counted = new ArrayList<>();
    List<Ignored> ignored = new ArrayList<>();
    for (RankedFinding one : ranked) {
      excuse(one).ifPresentOrElse(ignored::add, () -> counted.add(one));
    }
    List<Gap> ownGaps = Stream.concat(expired(ranked).stream(), vex.gaps().stream()).toList();
    List<Gap> allGaps = Stream.concat(gaps.stream(), ownGaps.stream()).toList();
    return new Judgement(counted, ignored, ownGaps, verdict(counted, allGaps));
  }

  private Optional<Ignored> excuse(RankedFinding ranked) {
    Finding finding = ranked.finding();
    if (finding.kind() == Finding.Kind.MALICIOUS) {
      return Optional.empty();
    }
    for (Ignore ignore : ignores) {
      if (!isExpired(ignore) && ignore.isAbout(finding)) {
        return Optional.of(
            new Ignored(ranked, ignore.reason(), ignore.expires().toString(), ignore.source()));
      }
    }
    return vex.statements().stream()
        .filter(statement -> statement.isAbout(finding))
        .findFirst()
        .map(statement -> new Ignored(ranked, statement.reason(), null, statement.source()));
  }

  private boolean isExpired(Ignore ignore) {
    return today.isAfter(ignore.expires());
  }

  private List<Gap> expired(List<RankedFinding> ranked) {
    return ignores.stream()
        .filter(this::isExpired)
        .filter(ignore -> ranked.stream().anyMatch(one -> ignore.isAbout(one.finding())))
        .map(ignore ->
            new Gap(
                ignore.source(),
                null,
                "the ignore of \"%s\" expired on %s".formatted(ignore.id(), ignore.expires()),
                "fix the finding, or decide again and set a new day"))
        .toList();
  }

  private Verdict verdict(List<RankedFinding> counted, List<Gap> gaps) {
    for (Threshold threshold : thresholds) {
      List<Finding> crossing =
          counted.stream()
              .map(RankedFinding::finding)
              .filter(threshold::crossedBy)
              .filter(this::isNew)
              .toList();
      if (!crossing.isEmpty()) {
        return new Verdict(1, threshold.name(), crossed(threshold, crossing));
      }
    }
    if (gapsPolicy == GapsPolicy.STRICT && !gaps.isEmpty()) {
      return new Verdict(
          3,
          "strict",
          "%s could not be looked at (--strict)".formatted(count(gaps.size(), "thing")));
    }
    return new Verdict(0, "none", notCrossed(counted, gaps));
  }

  private boolean isNew(Finding finding) {
    return finding.kind() == Finding.Kind.MALICIOUS
        || baseline.map(past -> !past.has(finding)).orElse(true);
  }

  private static String crossed(Threshold threshold, List<Finding> crossing) {
    String first = crossing.getFirst().identity().id();
    return crossing.size() == 1
        ? "%s crosses the threshold %s".formatted(first, threshold.name())
        : "%s and %s cross the threshold %s"
            .formatted(first, count(crossing.size() - 1, "more finding"), threshold.name());
  }

  private String notCrossed(List<RankedFinding> counted, List<Gap> gaps) {
    List<String> parts = new ArrayList<>();
    boolean unchecked = gaps.stream().anyMatch(gap -> gap.reason().startsWith(UNCHECKED));
    if (unchecked) {
      parts.add("vulnerabilities not checked");
    }
    if (counted.isEmpty()) {
      parts.add(unchecked ? "no other findings" : "no findings");
    } else {
      parts.add("%s, none crosses a threshold".formatted(count(counted.size(), "finding")));
      long unknown =
          counted.stream()
              .filter(one -> one.finding().rating().severity() == Severity.UNKNOWN)
              .count();
      boolean banded = thresholds.stream().anyMatch(Threshold.AtLeast.class::isInstance);
      if (banded && unknown > 0) {
        parts.add(
            "%s of unknown severity, which only --fail-on any counts"
                .formatted(count(unknown, "finding")));
      }
    }
    if (!gaps.isEmpty()) {
      parts.add("%s not looked at".formatted(count(gaps.size(), "thing")));
    }
    return String.join("; ", parts);
  }

  private static String count(long number, String noun) {
    return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }
}
