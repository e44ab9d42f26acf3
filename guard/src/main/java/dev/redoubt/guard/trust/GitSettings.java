// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which lines of git's settings make git execute or load something.
///
/// The file changes with every branch, so as a whole it says nothing. A section is kept as a whole
/// unless its name is one of those that only describe branches, remotes, people and colours.
public final class GitSettings {

  private GitSettings() {}

  /// Returns the lines of `config` that count, in their order; empty when there are none.
  public static List<String> executing(String config) {
    List<String> kept = new ArrayList<>();
    String section = "";
    for (String raw : config.split("\n", -1)) {
      String line = raw.strip();
      while (line.startsWith("[")) {
        section = sectionOf(line);
        int end = line.indexOf(']');
        line = end < 0 ? "" : line.substring(end + 1).strip();
      }
      if (!line.isEmpty()
          && !line.startsWith("#")
          && !line.startsWith(";")
          && !isHarmless(section, line)) {
        kept.add(section + ": " + line);
      }
    }
    return kept;
  }

  private static String sectionOf(String line) {
    int end = line.indexOf(']');
    return (end < 0 ? line.substring(1) : line.substring(1, end)).strip();
  }

  private static boolean isHarmless(String section, String line) {
    int blank = section.indexOf(' ');
    String name = (blank < 0 ? section : section.substring(0, blank)).toLowerCase(Locale.ROOT);
    return switch (name) {
      case "branch", "user", "color", "advice", "pull", "push", "fetch", "rerere", "submodule" ->
          !line.contains("!") && !line.contains("::");
      case "remote" -> isHarmlessRemote(line);
      case "core" -> isHarmlessCore(line);
      default -> false;
    };
  }

  private static boolean isHarmlessRemote(String line) {
    return switch (key(line)) {
      case "url", "pushurl" -> !line.contains("::");
      case "fetch", "push", "tagopt", "mirror", "prune", "gh-resolved" -> true;
      case "partialclonefilter", "promisor" -> true;
      default -> false;
    };
  }

  private static boolean isHarmlessCore(String line) {
    return switch (key(line)) {
      case "repositoryformatversion", "filemode", "bare", "logallrefupdates", "symlinks" -> true;
      case "ignorecase", "precomposeunicode", "autocrlf", "eol", "safecrlf", "quotepath" -> true;
      case "longpaths", "compression", "abbrev", "sparsecheckout", "sparsecheckoutcone" -> true;
      default -> false;
    };
  }

  private static String key(String line) {
    int equals = line.indexOf('=');
    return (equals < 0 ? line : line.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
  }
}
