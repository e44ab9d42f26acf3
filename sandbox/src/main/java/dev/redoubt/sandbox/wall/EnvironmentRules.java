// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which variables of the operator's environment a command gets: the ones on a written list, and
/// the ones an operator named. Everything else stays out, so a secret needs no detection.
public final class EnvironmentRules {

  /// The variables that name a folder of tools on this machine. They are passed, and mean nothing
  /// on another one.
  public static final List<String> TOOL_FOLDERS =
      List.of(
          "JAVA_HOME",
          "M2_HOME",
          "MAVEN_HOME",
          "GRADLE_HOME",
          "GOROOT",
          "GOPATH",
          "CARGO_HOME",
          "RUSTUP_HOME",
          "NVM_DIR",
          "VIRTUAL_ENV",
          "CONDA_PREFIX",
          "PYENV_ROOT",
          "RBENV_ROOT",
          "SDKMAN_DIR",
          "DOTNET_ROOT",
          "ANDROID_HOME");

  private static final Set<String> PASSED =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LANGUAGE",
          "TZ",
          "TERM",
          "COLORTERM",
          "NO_COLOR",
          "FORCE_COLOR",
          "CLICOLOR",
          "COLUMNS",
          "LINES",
          "PWD",
          "CI",
          "GOFLAGS",
          "RUSTUP_TOOLCHAIN",
          "NODE_ENV",
          "SOURCE_DATE_EPOCH");

  private EnvironmentRules() {}

  /// Returns what a command starts with.
  ///
  /// @param environment the operator's own variables
  /// @param passed names an operator lets through besides (`options.sandbox.env-pass`); a name may
  ///   end with `*`
  public static Map<String, String> of(Map<String, String> environment, List<String> passed) {
    Map<String, String> chosen = new TreeMap<>();
    environment.forEach((name, value) -> {
      if (PASSED.contains(name)
          || TOOL_FOLDERS.contains(name)
          || name.startsWith("LC_")
          || isNamed(name, passed)) {
        chosen.put(name, value);
      }
    });
    return chosen;
  }

  /// Returns what makes git run no monitor, hooks, pager, editor or signature check that a checkout
  /// configures. The guard allows plain read-only git because of it. Not switched off, because git
  /// has no variable for it: an external diff, a text conversion or a filter in `.git/config`. The
  /// guard asks where one is named.
  public static Map<String, String> git() {
    List<List<String>> settings =
        List.of(
            List.of("core.fsmonitor", "false"),
            List.of("core.hooksPath", "/dev/null"),
            List.of("core.pager", "cat"),
            List.of("log.showSignature", "false"),
            List.of("safe.bareRepository", "explicit"),
            List.of("protocol.ext.allow", "never"));
    Map<String, String> variables = new TreeMap<>();
    variables.put("GIT_CONFIG_COUNT", String.valueOf(settings.size()));
    for (int i = 0; i < settings.size(); i++) {
      variables.put("GIT_CONFIG_KEY_" + i, settings.get(i).getFirst());
      variables.put("GIT_CONFIG_VALUE_" + i, settings.get(i).getLast());
    }
    variables.put("GIT_PAGER", "cat");
    variables.put("GIT_TERMINAL_PROMPT", "0");
    variables.put("GIT_EDITOR", "false");
    return variables;
  }

  private static boolean isNamed(String name, List<String> passed) {
    for (String pattern : passed) {
      boolean matches =
          pattern.endsWith("*")
              ? name.startsWith(pattern.substring(0, pattern.length() - 1))
              : name.equals(pattern);
      if (matches) {
        return true;
      }
    }
    return false;
  }
}
