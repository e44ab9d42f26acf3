// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import dev.redoubt.guard.FileFacts.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which settings in a repository's own file make a git that only looks start a program.
///
/// Settings that only matter when something is changed or fetched (`credential.helper`,
/// `merge.*.driver`) are left out: these commands are questions anyway. A file that is included can
/// say anything, so it counts.
///
/// Sources: git-config(1), "Syntax" and the variables named; gitattributes(5) on `filter`, `diff`
/// and `textconv`.
public final class GitPrograms {

  private static final Set<String> SWITCHES =
      Set.of("", "true", "false", "yes", "no", "on", "off", "1", "0");

  private static final Set<String> PAGERS = Set.of("cat", "less", "less -R", "less -FRX", "more");

  /// What `git lfs install --local` writes.
  private static final Set<String> LARGE_FILES =
      Set.of(
          "git-lfs clean -- %f",
          "git-lfs smudge -- %f",
          "git-lfs smudge --skip -- %f",
          "git-lfs filter-process",
          "git-lfs filter-process --skip");

  private GitPrograms() {}

  /// Returns these settings of `config`, in their order. Never throws: what cannot be read as git
  /// reads it is read so that it counts.
  public static List<Setting> named(String config) {
    List<Setting> named = new ArrayList<>(settings(config));
    named.removeIf(setting -> !isProgram(setting.key(), setting.value()));
    return named;
  }

  /// Returns every setting of `config`, in their order, as [#named] reads them.
  public static List<Setting> settings(String config) {
    List<Setting> all = new ArrayList<>();
    for (GitConfig.Line line : GitConfig.lines(config)) {
      String key = section(line.section()) + "." + line.key().toLowerCase(Locale.ROOT);
      all.add(new Setting(key, line.value()));
    }
    return all;
  }

  /// Returns `diff.jpg` for `diff "jpg"`: the name of the section in small letters.
  private static String section(String head) {
    int quote = head.indexOf('"');
    if (quote < 0) {
      return head.strip().toLowerCase(Locale.ROOT);
    }
    String name = head.substring(0, quote).strip().toLowerCase(Locale.ROOT);
    int end = head.lastIndexOf('"');
    String rest = end > quote ? head.substring(quote + 1, end) : head.substring(quote + 1);
    return name + "." + rest.replace("\\", "");
  }

  private static boolean isProgram(String key, String value) {
    int dot = key.indexOf('.');
    String section = key.substring(0, Math.max(dot, 0));
    String name = key.substring(key.lastIndexOf('.') + 1);
    return switch (section) {
      case "core" -> isCore(name, value);
      case "diff" ->
          !value.isEmpty()
              && (name.equals("external") || name.equals("command") || name.equals("textconv"));
      case "filter" ->
          !value.isEmpty()
              && (name.equals("clean") || name.equals("smudge") || name.equals("process"))
              && !LARGE_FILES.contains(value);
      case "gpg" -> !value.isEmpty() && (name.equals("program") || name.endsWith("command"));
      case "include", "includeif" -> name.equals("path");
      case "pager" -> !SWITCHES.contains(value) && !PAGERS.contains(value);
      case "interactive" -> name.equals("difffilter");
      case "remote" ->
          name.equals("uploadpack")
              || name.equals("vcs")
              || (name.equals("url") && value.contains("::"));
      default -> false;
    };
  }

  private static boolean isCore(String name, String value) {
    return switch (name) {
      case "fsmonitor" -> !SWITCHES.contains(value.toLowerCase(Locale.ROOT));
      case "pager" -> !SWITCHES.contains(value) && !PAGERS.contains(value);
      case "hookspath", "sshcommand", "gitproxy", "alternaterefscommand" -> !value.isEmpty();
      default -> false;
    };
  }
}
