// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static dev.redoubt.guard.programs.Meaning.FOLDER;
import static dev.redoubt.guard.programs.Meaning.READS;
import static dev.redoubt.guard.programs.Meaning.SEARCHES;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// fd: finds files by name and can run a command on each.
///
/// Source: fd(1) 9. `--exec` and `--exec-batch` take everything up to a `;`.
record FdManual(String name) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    List<Arg> arguments = call.arguments();
    int exec = execAt(arguments);
    List<Arg> before = exec < 0 ? arguments : arguments.subList(0, exec);
    Table table = table();
    Arguments read = table.read(before);
    Reading reading = TableReading.of(name, table, read);
    if (exec < 0) {
      return reading;
    }
    Draft draft = new Draft(reading);
    draft.want(new Want.Command(command(arguments.subList(exec + 1, arguments.size()), draft)));
    return draft.in(TableReading.folders(read));
  }

  private static int execAt(List<Arg> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Arg.Known(String text)
          && (text.equals("-x")
              || text.equals("-X")
              || text.equals("--exec")
              || text.equals("--exec-batch"))) {
        return i;
      }
    }
    return -1;
  }

  private static List<Arg> command(List<Arg> words, Draft draft) {
    List<Arg> command = new ArrayList<>();
    boolean named = false;
    for (Arg word : words) {
      if (word instanceof Arg.Known(String text)) {
        if (text.equals(";")) {
          draft.raise(Nature.UNKNOWN, "fd: what follows the command is not judged");
          break;
        }
        if (text.indexOf('{') >= 0) {
          command.add(new Arg.Unknown(text, "fd puts the name of a file in"));
          named = true;
          continue;
        }
      }
      command.add(word);
    }
    if (!named) {
      command.add(new Arg.Unknown("{}", "fd adds the name of a file"));
    }
    return command;
  }

  private static Table table() {
    return Table.harmless("finds files by name")
        .flags("-HIusigFapLl0q1hV --hidden --no-hidden --no-ignore --ignore")
        .flags("--no-ignore-vcs")
        .flags("--ignore-vcs --no-require-git --require-git --no-ignore-parent")
        .flags("--unrestricted")
        .flags("--no-global-ignore-file --case-sensitive --ignore-case --glob --regex")
        .flags("--fixed-strings --literal --absolute-path --relative-path --list-details")
        .flags("--follow")
        .flags("--no-follow --full-path --print0 --prune --show-errors --one-file-system")
        .flags("--quiet")
        .flags("--has-results --mount --xdev --help --version")
        .optional("--strip-cwd-prefix --hyperlink")
        .values("-dteESoc --and --max-depth --min-depth --exact-depth --type --extension")
        .values("--exclude")
        .values("--size --changed-within --changed-before --newer --older --owner")
        .values("--format --color")
        .values("--threads --max-results --path-separator --batch-size --max-buffer-time")
        .values("-j")
        .values(READS, "--ignore-file")
        .values(FOLDER, "-C --base-directory")
        .values(SEARCHES, "--search-path")
        .values(Meaning.UNKNOWN, "-xX --exec --exec-batch --gen-completions")
        .operands(Operands.PATTERN_THEN_SEARCH, ".")
        .build();
  }
}
