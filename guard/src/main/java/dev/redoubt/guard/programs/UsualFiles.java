// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells files of the workspace that a person expects under an option from those nobody expects.
///
/// A configuration with the name of its tool (`webpack.prod.js`, `.eslintrc.spec.js`) is as good as
/// the one the tool takes by itself; `x.js` is not, and neither is anything outside of the folder.
/// What a name is a link to is judged where the file is read.
final class UsualFiles {

  private static final Set<String> ENDINGS =
      Set.of(
          "cjs", "cts", "dist", "js", "json", "json5", "jsonc", "mjs", "mts", "neon", "toml", "ts",
          "xml", "yaml", "yml");

  /// Folders that builds make, and that are emptied before they are made again.
  private static final Set<String> OUTPUTS =
      Set.of(
          "_site",
          "build",
          "cjs",
          "coverage",
          "dist",
          "es",
          "esm",
          "out",
          "output",
          "target",
          "temp",
          "test-results",
          "tmp",
          "umd");

  private UsualFiles() {}

  /// Returns whether `path` is a configuration below this folder, named after one of `tools`.
  static boolean isConfiguration(String path, List<String> tools) {
    if (!isBelow(path) || path.endsWith("/")) {
      return false;
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean hidden = name.startsWith(".");
    String[] words = (hidden ? name.substring(1) : name).toLowerCase(Locale.ROOT).split("[.-]", -1);
    boolean ends = ENDINGS.contains(words[words.length - 1]) || (hidden && words.length == 1);
    for (String tool : tools) {
      if (ends && (words[0].equals(tool) || words[0].equals(tool + "rc"))) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether `path` is below a folder that only a build writes to.
  static boolean isOutput(String path) {
    if (!isBelow(path)) {
      return false;
    }
    for (String part : path.split("/", -1)) {
      if (OUTPUTS.contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBelow(String path) {
    if (path.isEmpty() || path.startsWith("/") || path.startsWith("-")) {
      return false;
    }
    for (int at = 0; at < path.length(); at++) {
      char c = path.charAt(at);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "._-/@".indexOf(c) >= 0);
      if (!plain) {
        return false;
      }
    }
    List<String> parts = List.of(path.split("/", -1));
    return !parts.contains("..") && !parts.contains("node_modules") && !parts.contains(".git");
  }
}
