// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a command line starts, once the programs that only start other programs are looked through.
///
/// @param commands the simple commands that are started, in order; more than one only for a script
/// @param shells the shells in between, outermost first
public record CommandLine(List<ShellScript.Step> commands, List<Shell> shells) {

  /// A shell that is part of the command line.
  ///
  /// @param program `sh`, `bash`, `cmd`, `powershell` and the like
  /// @param script what it is told to run, or an empty word when it is not told on the command line
  public record Shell(String program, Word script) {}

  private static final int MOST_WRAPPERS = 12;
  private static final Set<String> POSIX_SHELLS =
      Set.of("sh", "bash", "zsh", "dash", "ash", "ksh", "fish", "csh", "tcsh");
  private static final Set<String> POWER_SHELLS = Set.of("powershell", "pwsh");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);
  private static final Set<String> STARTERS =
      Set.of(
          "exec",
          "nohup",
          "time",
          "command",
          "start",
          "caffeinate",
          "setsid",
          "winpty",
          "&",
          "call");
  private static final Set<String> KNOWN_FIRST =
      Set.of(
          "npx",
          "npm",
          "pnpm",
          "pnpx",
          "yarn",
          "bun",
          "bunx",
          "deno",
          "node",
          "uv",
          "uvx",
          "pipx",
          "python",
          "python3",
          "docker",
          "podman",
          "nerdctl",
          "env",
          "sudo",
          "wsl",
          "cmd",
          "sh",
          "bash",
          "zsh",
          "powershell",
          "pwsh",
          "go",
          "dotnet",
          "dnx",
          "java",
          "tsx",
          "ts-node");

  public CommandLine {
    commands = List.copyOf(commands);
    shells = List.copyOf(shells);
  }

  /// Returns what `words` start; the first word is the program.
  ///
  /// A first word that holds a whole command line, as in `uv run server`, is taken apart when it
  /// begins with a program that is known to start others; a path with blanks in it is not.
  public static CommandLine of(List<Word> words) {
    List<ShellScript.Step> commands = new ArrayList<>();
    List<Shell> shells = new ArrayList<>();
    unwrap(new ShellScript.Step(takenApart(words), ""), commands, shells, 0);
    return new CommandLine(commands, shells);
  }

  private static List<Word> takenApart(List<Word> words) {
    if (words.isEmpty() || words.getFirst().text().indexOf(' ') < 0) {
      return words;
    }
    List<ShellScript.Step> steps = ShellScript.steps(words.getFirst());
    if (steps.size() != 1 || !KNOWN_FIRST.contains(steps.getFirst().words().getFirst().program())) {
      return words;
    }
    List<Word> all = new ArrayList<>(steps.getFirst().words());
    all.addAll(words.subList(1, words.size()));
    return all;
  }

  private static void unwrap(
      ShellScript.Step step, List<ShellScript.Step> commands, List<Shell> shells, int depth) {
    List<Word> words = step.words();
    while (!words.isEmpty() && ASSIGNMENT.matcher(words.getFirst().text()).matches()) {
      words = words.subList(1, words.size());
    }
    if (words.isEmpty()) {
      return;
    }
    String program = words.getFirst().program();
    List<Word> rest = words.subList(1, words.size());
    List<ShellScript.Step> inner =
        depth >= MOST_WRAPPERS ? List.of() : inside(program, rest, step, shells);
    if (inner.isEmpty()) {
      commands.add(new ShellScript.Step(words, step.operator()));
    }
    inner.forEach(next -> unwrap(next, commands, shells, depth + 1));
  }

  /* Returns the commands that a wrapper starts, none when it is no wrapper. */
  private static List<ShellScript.Step> inside(
      String program, List<Word> rest, ShellScript.Step step, List<Shell> shells) {
    if (POSIX_SHELLS.contains(program)) {
      return posixShell(program, rest, shells);
    }
    if (POWER_SHELLS.contains(program)) {
      return powerShell(program, rest, shells);
    }
    if (program.equals("cmd")) {
      return windowsShell(rest, shells);
    }
    List<Word> started = Wrappers.started(program, rest);
    if (started.isEmpty() && STARTERS.contains(program)) {
      started = rest;
    }
    return started.isEmpty() ? List.of() : List.of(new ShellScript.Step(started, step.operator()));
  }

  private static List<ShellScript.Step> posixShell(
      String program, List<Word> rest, List<Shell> shells) {
    for (int i = 0; i < rest.size(); i++) {
      String text = rest.get(i).text();
      boolean runs = text.equals("--command") || text.matches("-[a-zA-Z]*c[a-zA-Z]*");
      if (runs && i + 1 < rest.size()) {
        shells.add(new Shell(program, rest.get(i + 1)));
        return ShellScript.steps(rest.get(i + 1));
      }
      if (!rest.get(i).isFlag()) {
        return List.of();
      }
    }
    shells.add(new Shell(program, new Word("", rest.isEmpty() ? 1 : rest.getFirst().line())));
    return List.of();
  }

  private static List<ShellScript.Step> powerShell(
      String program, List<Word> rest, List<Shell> shells) {
    for (int i = 0; i < rest.size(); i++) {
      Word word = rest.get(i);
      boolean runs = word.text().matches("(?i)[-/](?:c|command|ec?|encodedcommand)");
      if (runs || (!word.isFlag() && !isPowerShellValue(rest, i))) {
        List<Word> script = rest.subList(runs ? i + 1 : i, rest.size());
        if (word.text().toLowerCase(Locale.ROOT).endsWith(".ps1")) {
          return List.of();
        }
        Word joined = joined(script, word.line());
        shells.add(new Shell(program, joined));
        return runs && word.text().matches("(?i)[-/]e.*") ? List.of() : ShellScript.steps(joined);
      }
      if (word.text().equalsIgnoreCase("-File")) {
        return List.of();
      }
    }
    shells.add(new Shell(program, new Word("", rest.isEmpty() ? 1 : rest.getFirst().line())));
    return List.of();
  }

  private static boolean isPowerShellValue(List<Word> rest, int i) {
    return i > 0
        && rest.get(i - 1)
            .text()
            .matches("(?i)-(?:executionpolicy|ep|ex|windowstyle|w|version|workingdirectory|wd)");
  }

  private static List<ShellScript.Step> windowsShell(List<Word> rest, List<Shell> shells) {
    for (int i = 0; i < rest.size(); i++) {
      if (rest.get(i).text().matches("(?i)/[ckr]")) {
        List<Word> words = rest.subList(i + 1, rest.size());
        Word script = joined(words, rest.get(i).line());
        shells.add(new Shell("cmd", script));
        boolean scripted =
            words.size() == 1 || words.stream().anyMatch(w -> w.text().matches("[&|]{1,2}"));
        return scripted || words.isEmpty()
            ? ShellScript.steps(script)
            : List.of(new ShellScript.Step(words, ""));
      }
    }
    shells.add(new Shell("cmd", new Word("", rest.isEmpty() ? 1 : rest.getFirst().line())));
    return List.of();
  }

  private static Word joined(List<Word> words, int line) {
    return new Word(String.join(" ", words.stream().map(Word::text).toList()), line);
  }
}
