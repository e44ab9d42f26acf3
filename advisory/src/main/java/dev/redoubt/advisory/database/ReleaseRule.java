// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

/// Whether what follows the colon of a record's ecosystem covers an installed package.
final class ReleaseRule {

  private ReleaseRule() {}

  /// The answer.
  enum Cover {
    YES,
    NO,
    /// The record is about one release, and which one is installed is not known.
    UNKNOWN
  }

  /// @param stated by the record: empty, a release (`8`, `22.04:LTS`, `v3.18`) or the address of a
  ///   package repository
  /// @param installed the release of the machine, or empty
  static Cover of(String stated, String installed) {
    // A name belongs to one package whichever repository serves it, so an address excludes nothing.
    if (stated.isEmpty() || stated.contains("//")) {
      return Cover.YES;
    }
    if (installed.isEmpty()) {
      return Cover.UNKNOWN;
    }
    for (String part : stated.split("[: ]", -1)) {
      String release = part.startsWith("v") ? part.substring(1) : part;
      if (installed.equals(release) || installed.startsWith(release + ".")) {
        return Cover.YES;
      }
    }
    return Cover.NO;
  }
}
