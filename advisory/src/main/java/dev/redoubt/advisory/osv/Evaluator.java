// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.osv;

import dev.redoubt.advisory.versions.VersionOrder;
import dev.redoubt.advisory.versions.VersionOrder.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
/// Stateless and safe to share; a [Judge] is not.
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

  /// Returns what `affected` says about `version`; see [#at].
  public Verdict judge(Affected affected, @Nullable String version) {
    return at(version).judge(affected);
  }

  /// Returns a judge of one version, for all the records about a package.
  ///
  /// @param version the installed version, or null when it is not known: then only a package of
  ///   which every version is affected is affected
  public Judge at(@Nullable String version) {
    return new Judge(order, version, version != null, new HashMap<>());
  }

  /// Returns a judge of a text that stands where a version should and is none, such as a commit, a
  /// tag or a range: it is affected where it is listed as it is written, or where every version is.
  public Judge unordered(String written) {
    return new Judge(order, written, false, new HashMap<>());
  }

  /// Judges one version. Parses every bound once, so it is for one thread and one lookup.
  public static final class Judge {

    private final @Nullable VersionOrder order;
    private final @Nullable String version;
    private final boolean ordered;
    private final Map<String, Version> parsed;

    private Judge(
        @Nullable VersionOrder order,
        @Nullable String version,
        boolean ordered,
        Map<String, Version> parsed) {
      this.order = order;
      this.version = version;
      this.ordered = ordered;
      this.parsed = parsed;
    }

    /// Returns what `affected` says about the version.
    public Verdict judge(Affected affected) {
      if (version == null || !ordered) {
        if (version != null && affected.versions().contains(version)) {
          return Verdict.AFFECTED;
        }
        return affected.ranges().stream().anyMatch(Evaluator::isEveryVersion)
            ? Verdict.AFFECTED
            : Verdict.UNDECIDED;
      }
      Version installed = order == null ? null : parse(order, version);
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
            if (order == null || installed == null) {
              unknown = true;
            } else if (isWithin(order, range, installed)) {
              return Verdict.AFFECTED;
            } else {
              compared = true;
            }
          }
        }
      }
      if (isListed(affected.versions(), version, installed)) {
        return Verdict.AFFECTED;
      }
      boolean listed = !affected.versions().isEmpty();
      return listed || (compared && !unknown) ? Verdict.NOT_AFFECTED : Verdict.UNDECIDED;
    }

    /// Returns the smallest version above this one that is named as a fix and that none of
    /// `affected` calls affected; empty when there is none.
    ///
    /// When that is a pre-release and its own release is among the fixes too, it is the release.
    public Optional<String> fixed(List<Affected> affected) {
      VersionOrder known = order;
      if (known == null || version == null || !ordered) {
        return Optional.empty();
      }
      Version installed = parse(known, version);
      List<String> fixes =
          affected.stream()
              .flatMap(part -> part.ranges().stream())
              .flatMap(range -> range.events().stream())
              .filter(event -> event.kind() == OsvRange.Kind.FIXED)
              .map(OsvRange.Event::version)
              .distinct()
              .filter(fix -> parse(known, fix).compareTo(installed) > 0)
              .sorted(Comparator.comparing(fix -> parse(known, fix)))
              .filter(fix -> isClean(fix, affected))
              .toList();
      if (fixes.isEmpty()) {
        return Optional.empty();
      }
      String smallest = fixes.getFirst();
      Matcher preRelease = PRE_RELEASE.matcher(smallest.toLowerCase(Locale.ROOT));
      return Optional.of(
          preRelease.matches() && fixes.contains(preRelease.group(1))
              ? preRelease.group(1)
              : smallest);
    }

    private boolean isClean(String fix, List<Affected> affected) {
      Judge there = new Judge(order, fix, true, parsed);
      return affected.stream().noneMatch(part -> there.judge(part) == Verdict.AFFECTED);
    }

    private boolean isListed(List<String> versions, String installed, @Nullable Version place) {
      if (versions.contains(installed)) {
        return true;
      }
      if (order == null || place == null) {
        return false;
      }
      for (String listed : versions) {
        if (parse(order, listed).compareTo(place) == 0) {
          return true;
        }
      }
      return false;
    }

    private boolean isWithin(VersionOrder known, OsvRange range, Version installed) {
      List<Step> steps = new ArrayList<>(range.events().size());
      boolean limited = false;
      boolean beforeALimit = false;
      for (OsvRange.Event event : range.events()) {
        if (event.kind() == OsvRange.Kind.LIMIT) {
          limited = true;
          beforeALimit |=
              event.version().equals("*") || installed.compareTo(parse(known, event.version())) < 0;
        } else {
          steps.add(new Step(event.kind(), event.isStart() ? null : parse(known, event.version())));
        }
      }
      if (limited && !beforeALimit) {
        return false;
      }
      steps.sort(Step.BY_VERSION);
      boolean affected = false;
      for (Step step : steps) {
        int above = step.at == null ? 1 : installed.compareTo(step.at);
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

    private Version parse(VersionOrder known, String text) {
      Version before = parsed.get(text);
      if (before != null) {
        return before;
      }
      Version place = known.parse(text);
      parsed.put(text, place);
      return place;
    }
  }

  private static boolean isEveryVersion(OsvRange range) {
    return range.events().stream().anyMatch(OsvRange.Event::isStart)
        && range.events().stream()
            .allMatch(event ->
                event.kind() == OsvRange.Kind.INTRODUCED
                    || (event.kind() == OsvRange.Kind.LIMIT && event.version().equals("*")));
  }

  /// An event at its place; null is before every version.
  private record Step(OsvRange.Kind kind, @Nullable Version at) {
    static final Comparator<Step> BY_VERSION =
        Comparator.comparing(Step::at, Comparator.nullsFirst(Comparator.naturalOrder()));
  }
}
