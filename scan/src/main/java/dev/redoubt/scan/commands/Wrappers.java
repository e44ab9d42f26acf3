// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.commands;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The programs that only start another one, shells left out.
final class Wrappers {

  private static final Pattern ASSIGNMENT =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);

  private Wrappers() {}

  /// Returns the command that `program` starts when it is given `rest`; empty when it is no
  /// wrapper.
  static List<Word> started(String program, List<Word> rest) {
    return switch (program) {
      case "env" -> environment(rest);
      case "wsl" -> operands(rest, "-d", "--distribution", "-u", "--user", "--cd", "--shell-type");
      case "sudo" ->
          withoutAssignments(operands(rest, "-u", "-g", "-h", "-p", "-C", "-T", "-U", "--user"));
      case "doas" -> operands(rest, "-u", "-C");
      case "nice" -> operands(rest, "-n", "--adjustment");
      case "ionice" -> operands(rest, "-c", "-n", "-p");
      case "stdbuf" -> operands(rest, "-i", "-o", "-e");
      case "timeout" -> after(operands(rest, "-s", "-k", "--signal", "--kill-after"), 1);
      case "flatpak-spawn", "direnv", "firejail", "proxychains", "proxychains4" ->
          program.equals("direnv") ? after(rest, 2) : operands(rest);
      case "cross-env", "cross-env-shell" -> withoutAssignments(rest);
      case "mise",
          "rtx",
          "asdf",
          "doppler",
          "infisical",
          "op",
          "dotenvx",
          "dotenv",
          "aws-vault",
          "chamber",
          "volta",
          "fnm",
          "nvm",
          "conda",
          "micromamba",
          "mamba",
          "varlock" ->
          afterDashes(rest);
      default -> List.of();
    };
  }

  private static List<Word> environment(List<Word> rest) {
    Flags flags =
        Flags.read(rest, Set.of("-u", "--unset", "-C", "--chdir", "-S", "--split-string"));
    List<Word> split = flags.values("-S", "--split-string");
    if (!split.isEmpty()) {
      List<ShellScript.Step> steps = ShellScript.steps(split.getFirst());
      return steps.isEmpty() ? List.of() : withoutAssignments(steps.getFirst().words());
    }
    return withoutAssignments(flags.rest());
  }

  private static List<Word> withoutAssignments(List<Word> words) {
    int i = 0;
    while (i < words.size() && ASSIGNMENT.matcher(words.get(i).text()).matches()) {
      i++;
    }
    return words.subList(i, words.size());
  }

  private static List<Word> operands(List<Word> rest, String... valued) {
    return Flags.read(rest, Set.of(valued)).rest();
  }

  private static List<Word> after(List<Word> rest, int operands) {
    return rest.size() <= operands ? List.of() : rest.subList(operands, rest.size());
  }

  private static List<Word> afterDashes(List<Word> rest) {
    for (int i = 0; i < rest.size(); i++) {
      if (rest.get(i).text().equals("--")) {
        return after(rest, i + 1);
      }
    }
    return List.of();
  }
}
