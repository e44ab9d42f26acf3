// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shells and the interpreters of languages.
///
/// Sources: POSIX.1-2024 on `sh`, bash(1) 5.2, dash(1), and the manual page of each interpreter on
/// which options show a version and which only check a file.
final class InterpreterShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "Rscript",
          "ash",
          "bash",
          "csh",
          "cmd",
          "cmd.exe",
          "dash",
          "deno",
          "elixir",
          "erl",
          "expect",
          "fish",
          "ghci",
          "groovy",
          "iex",
          "irb",
          "java",
          "jrunscript",
          "jshell",
          "julia",
          "kotlin",
          "ksh",
          "lua",
          "luajit",
          "node",
          "nodejs",
          "octave",
          "osascript",
          "perl",
          "php",
          "powershell",
          "powershell.exe",
          "pwsh",
          "pypy",
          "pypy3",
          "python",
          "python2",
          "python3",
          "rbash",
          "ruby",
          "runghc",
          "scala",
          "sh",
          "swipl",
          "tclsh",
          "tcsh",
          "tsx",
          "ts-node",
          "wish",
          "zsh");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "sh", "bash", "dash", "ash", "ksh", "rbash" -> new ShManual(name);
      case "python", "python2", "python3", "pypy", "pypy3" -> new PythonManual(name);
      case "node", "nodejs" ->
          new NodeTestManual(
              new InterpreterManual(
                  name, "-v --version -h --help", "-c --check", "-e -p --eval --print"));
      case "perl" -> new InterpreterManual(name, "-v -V --version -h --help", "", "-e -E");
      case "ruby" -> new InterpreterManual(name, "-v --version --copyright -h --help", "-c", "-e");
      case "php" -> new InterpreterManual(name, "-v --version -m -h --help", "-l", "-r -B -R -E");
      case "java" -> new InterpreterManual(name, "-version --version -help --help", "", "");
      case "lua", "luajit" -> new InterpreterManual(name, "-v", "", "-e");
      case "deno" -> new InterpreterManual(name, "-v --version -h --help", "", "eval -e");
      case "cmd", "cmd.exe" -> new OtherShellManual(name, "shell.cmd");
      case "powershell", "powershell.exe", "pwsh" -> new OtherShellManual(name, "shell.powershell");
      default ->
          NAMES.contains(name) || isVersioned(name)
              ? new InterpreterManual(name, "--version --help", "", "-e -c -E --eval")
              : null;
    };
  }

  /// Returns whether `name` is an interpreter with its version behind it, such as `perl5.36`.
  private static boolean isVersioned(String name) {
    for (String known : new String[] {"python", "pypy", "perl", "ruby", "php", "lua", "node"}) {
      if (name.length() > known.length() && name.startsWith(known)) {
        return name.chars().skip(known.length()).allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
      }
    }
    return false;
  }
}
