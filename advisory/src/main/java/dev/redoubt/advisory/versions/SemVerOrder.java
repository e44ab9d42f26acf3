// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import java.util.EnumSet;
import java.util.Set;

/// The order of Semantic Versioning 2.0.0, section 11, and of the ecosystems that vary one rule of
/// it.
///
/// Read more widely than the text: a leading `v`, fewer or more than three numbers, integers of any
/// size. Missing numbers count as zero. Whatever follows the numbers is a pre-release, with or
/// without its hyphen. Build metadata is ignored, and with it Go's `+incompatible`; the time stamp
/// in a Go pseudo-version is part of the pre-release and sorts as text.
final class SemVerOrder implements VersionOrder {

  private enum Rule {
    /// NuGet: `1.0.0-RC` is `1.0.0-rc`.
    CASELESS,
    /// Pub and Echo: build metadata counts, and a version with it is above the one without.
    BUILD_COUNTS,
    /// Go toolchains: `go1.24.1`.
    GO_PREFIX
  }

  static final SemVerOrder SEMVER = new SemVerOrder(EnumSet.noneOf(Rule.class));
  static final SemVerOrder GO = new SemVerOrder(EnumSet.of(Rule.GO_PREFIX));
  static final SemVerOrder NUGET = new SemVerOrder(EnumSet.of(Rule.CASELESS));
  static final SemVerOrder PUB = new SemVerOrder(EnumSet.of(Rule.BUILD_COUNTS));

  private static final int NO_BUILD = 1;
  private static final int IDENTIFIERS_END = 1;
  private static final int NUMERIC_IDENTIFIER = 2;
  private static final int TEXT_IDENTIFIER = 3;
  private static final int NO_PRE_RELEASE = 4;

  private final boolean caseless;
  private final boolean buildCounts;
  private final boolean goPrefix;

  private SemVerOrder(Set<Rule> rules) {
    caseless = rules.contains(Rule.CASELESS);
    buildCounts = rules.contains(Rule.BUILD_COUNTS);
    goPrefix = rules.contains(Rule.GO_PREFIX);
  }

  @Override
  public Version parse(String version) {
    KeyWriter key = new KeyWriter(version.length());
    int at = Release.write(key, version, afterPrefix(version));
    while (Scan.isAt(version, at, '.')) {
      at++;
    }
    if (Scan.isAt(version, at, '-')) {
      at++;
    }
    int plus = version.indexOf('+', at);
    int end = plus < 0 ? version.length() : plus;
    if (at == end) {
      key.tag(NO_PRE_RELEASE);
    } else {
      identifiers(key, version, at, end);
    }
    if (buildCounts) {
      if (plus < 0 || plus + 1 == version.length()) {
        key.tag(NO_BUILD);
      } else {
        identifiers(key, version, plus + 1, version.length());
      }
    }
    return key.key();
  }

  private int afterPrefix(String version) {
    int at = 0;
    while (at < version.length() && (version.charAt(at) <= ' ' || version.charAt(at) == '=')) {
      at++;
    }
    if (goPrefix && version.startsWith("go", at) && Scan.isDigitAt(version, at + 2)) {
      return at + 2;
    }
    return Scan.isAt(version, at, 'v') || Scan.isAt(version, at, 'V') ? at + 1 : at;
  }

  private void identifiers(KeyWriter key, String version, int from, int to) {
    int start = from;
    while (start <= to) {
      int dot = version.indexOf('.', start);
      int end = dot < 0 || dot > to ? to : dot;
      if (Scan.isNumber(version, start, end)) {
        key.tag(NUMERIC_IDENTIFIER);
        key.number(version, start, end);
      } else {
        key.tag(TEXT_IDENTIFIER);
        text(key, version, start, end);
      }
      start = end + 1;
    }
    key.tag(IDENTIFIERS_END);
  }

  private void text(KeyWriter key, String version, int from, int to) {
    if (caseless) {
      key.lowerCaseText(version, from, to);
    } else {
      key.text(version, from, to);
    }
  }
}
