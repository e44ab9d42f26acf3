// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.osv;

import dev.redoubt.advisory.versions.VersionOrder;
import dev.redoubt.advisory.versions.VersionOrder.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Judges versions of one ecosystem by the evaluation rules of the OSV schema.
///
/// A version is affected when it is listed, or when it lies in a range that can be ordered. Events
/// are taken in the order of their versions, events at the same version in the order of the record.
/// Listed versions count as equal when the ecosystem calls them equal (`1.0` and `1.0.0` on PyPI).
/// Commits are never compared as versions.
///
/// Stateless and safe to share.
public final class Evaluator {

  private static final Pattern PRE_RELEASE =
      Pattern.compile(
          "^(.*?\\d)[-._]?(?:a|b|c|rc|alpha|beta|pre|preview|dev|m|cr|snapshot)(?:[^a-z].*)?$");

  private final @Nullable VersionOrder order;

  /// @param order the order of the ecosystem, or null when it has none here
  public Evaluator(@Nullable VersionOrder order) {
    this.order = order;
  }

  /// What a record says about a version.
  public enum Verdict {
    AFFECTED,
    NOT_AFFECTED,
    /// The record names the package, but nothing in it can be compared with a version.
    UNDECIDED
  }

  /// Returns what `affected` says about `version`.
  ///
  /// @param version the installed version, or null when it is not known: then only a package of
  ///   which every version is affected is affected
  public Verdict judge(Affected affected, @Nullable String version) {
    if (version == null) {
      return affected.ranges().stream().anyMatch(Evaluator::isEveryVersion)
          ? Verdict.AFFECTED
          : Verdict.UNDECIDED;
    }
    Version parsed = order == null ? null : order.parse(version);
    if (isListed(affected.versions(), version, parsed)) {
      return Verdict.AFFECTED;
    }
    boolean compared = false;
    boolean unknown = false;
    for (OsvRange range : affected.ranges()) {
      switch (range.type()) {
        case GIT -> {
          // Commits have no place among versions.
        }
        case UNREADABLE -> unknown = true;
        case SEMVER, ECOSYSTEM -> {
          if (isEveryVersion(range)) {
            return Verdict.AFFECTED;
          }
          if (order == null || parsed == null) {
            unknown = true;
          } else if (isWithin(order, range, parsed)) {
            return Verdict.AFFECTED;
          } else {
            compared = true;
          }
        }
      }
    }
    boolean listed = !affected.versions().isEmpty();
    return listed || (compared && !unknown) ? Verdict.NOT_AFFECTED : Verdict.UNDECIDED;
  }

  /// Returns the smallest version above `version` that is named as a fix and that none of
  /// `affected` calls affected; empty when there is none.
  ///
  /// When that is a pre-release and its own release is among the fixes too, it is the release.
  public Optional<String> fixed(List<Affected> affected, @Nullable String version) {
    VersionOrder known = order;
    if (known == null || version == null) {
      return Optional.empty();
    }
    Version installed = known.parse(version);
    List<String> fixes =
        affected.stream()
            .flatMap(part -> part.ranges().stream())
            .flatMap(range -> range.events().stream())
            .filter(event -> event.kind() == OsvRange.Kind.FIXED)
            .map(OsvRange.Event::version)
            .distinct()
            .filter(fix -> known.parse(fix).compareTo(installed) > 0)
            .sorted(Comparator.comparing(known::parse))
            .filter(
                fix -> affected.stream().noneMatch(part -> judge(part, fix) == Verdict.AFFECTED))
            .toList();
    if (fixes.isEmpty()) {
      return Optional.empty();
    }
    String smallest = fixes.getFirst();
    Matcher preRelease = PRE_RELEASE.matcher(smallest.toLowerCase(Locale.ROOT));
    if (preRelease.matches() && fixes.contains(preRelease.group(1))) {
      return Optional.of(preRelease.group(1));
    }
    return Optional.of(smallest);
  }

  private boolean isListed(List<String> versions, String version, @Nullable Version parsed) {
    if (versions.contains(version)) {
      return true;
    }
    if (order == null || parsed == null) {
      return false;
    }
    for (String listed : versions) {
      if (order.parse(listed).compareTo(parsed) == 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEveryVersion(OsvRange range) {
    return range.events().stream().anyMatch(OsvRange.Event::isStart)
        && range.events().stream()
            .allMatch(event ->
                event.kind() == OsvRange.Kind.INTRODUCED
                    || (event.kind() == OsvRange.Kind.LIMIT && event.version().equals("*")));
  }

  private static boolean isWithin(VersionOrder order, OsvRange range, Version version) {
    List<Step> steps = new ArrayList<>(range.events().size());
    boolean limited = false;
    boolean beforeALimit = false;
    for (OsvRange.Event event : range.events()) {
      if (event.kind() == OsvRange.Kind.LIMIT) {
        limited = true;
        beforeALimit |=
            event.version().equals("*") || version.compareTo(order.parse(event.version())) < 0;
      } else {
        steps.add(new Step(event.kind(), event.isStart() ? null : order.parse(event.version())));
      }
    }
    if (limited && !beforeALimit) {
      return false;
    }
    steps.sort(Step.BY_VERSION);
    boolean affected = false;
    for (Step step : steps) {
      int above = step.at == null ? 1 : version.compareTo(step.at);
      affected =
          switch (step.kind) {
            case INTRODUCED -> affected || above >= 0;
            case FIXED -> affected && above < 0;
            case LAST_AFFECTED -> affected && above <= 0;
            case LIMIT -> affected;
          };
    }
    return affected;
  }

  /// An event at its place; null is before every version.
  private record Step(OsvRange.Kind kind, @Nullable Version at) {
    static final Comparator<Step> BY_VERSION =
        Comparator.comparing(Step::at, Comparator.nullsFirst(Comparator.naturalOrder()));
  }
}
