// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

/// Compares the end of a path with a pattern, segment by segment.
final class PathEnding {

  private PathEnding() {}

  /// Returns whether the last segments of `path` are those of `pattern`. A segment `*` stands for
  /// any one segment, `*.yaml` for one that ends so.
  static boolean matches(String path, String pattern) {
    String[] segments = path.split("/", -1);
    String[] wanted = pattern.split("/", -1);
    if (wanted.length > segments.length) {
      return false;
    }
    int offset = segments.length - wanted.length;
    for (int i = 0; i < wanted.length; i++) {
      if (!isSegment(segments[offset + i], wanted[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSegment(String segment, String wanted) {
    return wanted.startsWith("*")
        ? segment.endsWith(wanted.substring(1)) && segment.length() >= wanted.length()
        : segment.equals(wanted);
  }
}
