// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// printenv: shows the environment or single variables of it.
///
/// Source: printenv(1) of GNU coreutils 9. Only variables that never hold a secret are fine.
record PrintenvManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("printenv");
  }

  @Override
  public Reading read(Call call) {
    Table table = Table.harmless("shows variables").flags("-0 --null --help --version").build();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("printenv", table, arguments));
    List<Arg> operands = arguments.operands();
    boolean plain = !operands.isEmpty() || arguments.has("--help", "--version");
    for (Arg operand : operands) {
      plain &= operand instanceof Arg.Known(String text) && isPlain(text);
    }
    if (!plain) {
      draft.want(
          new Want.Opaque(
              "command.environment", "printenv", "shows variables that may hold secrets"));
    }
    return draft.done();
  }

  private static boolean isPlain(String variable) {
    return switch (variable) {
      case "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "PWD",
          "OLDPWD",
          "LANG",
          "LANGUAGE",
          "TERM",
          "TZ",
          "TMPDIR",
          "EDITOR",
          "VISUAL",
          "PAGER",
          "DISPLAY",
          "HOSTNAME",
          "SHLVL",
          "COLUMNS",
          "LINES",
          "CI",
          "JAVA_HOME",
          "GOPATH",
          "GOROOT",
          "CARGO_HOME",
          "RUSTUP_HOME",
          "PYTHONPATH",
          "VIRTUAL_ENV",
          "NODE_ENV",
          "MAVEN_HOME",
          "GRADLE_HOME",
          "XDG_CONFIG_HOME",
          "XDG_CACHE_HOME",
          "XDG_DATA_HOME",
          "XDG_RUNTIME_DIR",
          "LC_ALL",
          "LC_CTYPE" ->
          true;
      default -> false;
    };
  }
}
