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
    for (GitConfig.Line line : GitConfig.lines(config)) {
      if (!isHarmless(line)) {
        kept.add(line.section().strip() + ": " + line.text());
      }
    }
    return kept;
  }

  private static boolean isHarmless(GitConfig.Line line) {
    String section = line.section().strip();
    int end = 0;
    while (end < section.length() && " \t\"".indexOf(section.charAt(end)) < 0) {
      end++;
    }
    String key = line.key().toLowerCase(Locale.ROOT);
    String value = line.value();
    return switch (section.substring(0, end).toLowerCase(Locale.ROOT)) {
      case "branch", "user", "color", "advice", "pull", "push", "fetch", "rerere", "submodule" ->
          !value.contains("!") && !value.contains("::");
      case "remote" -> isHarmlessRemote(key, value);
      case "core" -> isHarmlessCore(key);
      default -> false;
    };
  }

  private static boolean isHarmlessRemote(String key, String value) {
    return switch (key) {
      case "url", "pushurl" -> !value.contains("::");
      case "fetch", "push", "tagopt", "mirror", "prune", "gh-resolved" -> true;
      case "partialclonefilter", "promisor" -> true;
      default -> false;
    };
  }

  private static boolean isHarmlessCore(String key) {
    return switch (key) {
      case "repositoryformatversion", "filemode", "bare", "logallrefupdates", "symlinks" -> true;
      case "ignorecase", "precomposeunicode", "autocrlf", "eol", "safecrlf", "quotepath" -> true;
      case "longpaths", "compression", "abbrev", "sparsecheckout", "sparsecheckoutcone" -> true;
      default -> false;
    };
  }
}
