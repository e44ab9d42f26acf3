// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import java.util.regex.Pattern;

/// What a version of an ecosystem looks like, as opposed to a commit, a tag or a range.
///
/// A text that is no version would still get a place in the order, and an advisory would match or
/// miss it by chance.
enum VersionShape {
  /// A number, then a part after `.`, `-` or `+`, or nothing: `1.2.3-rc.1`.
  SEMANTIC("[vV=]? {0,3}[0-9]{1,20}(?:[.+-].*)?"),
  /// Starts with a number, and is no commit.
  NUMBERED("(?![0-9a-f]{40}$|[0-9a-f]{64}$)[vV]?[0-9].*"),
  /// Anything but a commit.
  FREE("(?![0-9a-f]{40}$|[0-9a-f]{64}$).*");

  private final Pattern pattern;

  VersionShape(String pattern) {
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
  }

  /// Returns the shape for an ecosystem, free for one that is not known.
  static VersionShape of(String ecosystem) {
    return switch (ecosystem) {
      case "npm", "Go", "crates.io", "Hex", "Pub", "SwiftURL" -> SEMANTIC;
      case "PyPI", "NuGet", "RubyGems", "CRAN", "Hackage" -> NUMBERED;
      default -> FREE;
    };
  }

  boolean fits(String version) {
    return pattern.matcher(version).matches();
  }
}
