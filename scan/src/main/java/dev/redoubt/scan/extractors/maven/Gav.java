// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

/// Group, artifact and version. Any of them may still be empty or hold a `${…}`.
record Gav(String group, String artifact, String version) {

  private static final int LONGEST = 200;

  /// Returns `group:artifact`.
  String module() {
    return group + ":" + artifact;
  }

  /// Returns whether all three are plain names, so that they can be looked up as a path.
  boolean isPlain() {
    return isName(group) && isName(artifact) && isName(version);
  }

  static boolean isName(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.contains("..")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "._-+".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /// Returns `group:artifact:version`.
  @Override
  public String toString() {
    return module() + ":" + version;
  }
}
