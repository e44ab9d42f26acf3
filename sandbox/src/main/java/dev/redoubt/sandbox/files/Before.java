// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.util.Objects.requireNonNull;

/// What has to lie at a path for it to be written: so that nothing is lost that nobody had seen.
public sealed interface Before {

  /// Whatever lies there is replaced.
  Before ANYTHING = new Anything();

  /// Nothing may lie there.
  Before NOTHING = new Nothing();

  /// Whatever lies there is replaced.
  record Anything() implements Before {}

  /// Nothing may lie there.
  record Nothing() implements Before {}

  /// Exactly one version of a file.
  ///
  /// @param sha256 of all of its bytes, 64 lower-case hex digits
  record Version(String sha256) implements Before {
    public Version {
      requireNonNull(sha256, "sha256");
    }
  }
}
