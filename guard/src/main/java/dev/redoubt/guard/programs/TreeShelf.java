// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What projects use in place of `rm`, `cp` and a shell, and what runs several commands at once.
///
/// They read patterns in quotes by themselves, so a word with a star is one even when the shell
/// would have left it alone.
///
/// Sources: the READMEs of rimraf 6, premove, del-cli 6, cpx 1, shx 0.4, concurrently 9, husky 9
/// and lint-staged 16.
final class TreeShelf implements Shelf {

  static final List<String> NAMES =
      List.of(
          "concurrently",
          "cpx",
          "del",
          "del-cli",
          "husky",
          "lint-staged",
          "premove",
          "rimraf",
          "shx");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "rimraf", "premove", "del", "del-cli" -> new Deleting(name);
      case "cpx" -> new Copying();
      case "shx" -> new ShxManual();
      case "concurrently" -> new ConcurrentlyManual();
      case "husky" ->
          new AskManual(Set.of("husky"), "husky names programs that git starts from then on");
      case "lint-staged" ->
          new AskManual(Set.of("lint-staged"), "lint-staged changes files and what is staged");
      default -> null;
    };
  }

  /// Takes a word that is a pattern for the program as one.
  static Arg pattern(Arg word) {
    if (!(word instanceof Arg.Known(String text))) {
      return word;
    }
    for (int at = 0; at < text.length(); at++) {
      if ("{}()!|+@".indexOf(text.charAt(at)) >= 0) {
        return new Arg.Unknown(text, "the program expands the pattern by itself");
      }
    }
    boolean stars = text.contains("*") || text.contains("?") || text.contains("[");
    return stars ? new Arg.Glob(text) : word;
  }

  /// Deletes its operands.
  private record Deleting(String name) implements Manual {

    private static final Table TABLE =
        Table.filesOnly("deletes files")
            .flags("-gGvV --glob --no-glob --preserve-root --verbose --no-verbose --version --help")
            .flags("-d --dot --dry-run")
            .values("--max-retries --retry-delay --backoff --maxBackoff")
            .values(Meaning.CHANGES, "--tmp --impl --cwd")
            .flags(Meaning.CHANGES, "-fi --force --interactive --no-preserve-root")
            .build();

    @Override
    public Set<String> names() {
      return Set.of(name);
    }

    @Override
    public Reading read(Call call) {
      Arguments arguments = TABLE.read(call.arguments());
      Draft draft = new Draft(TableReading.of(name, TABLE, arguments));
      for (Arg operand : arguments.operands()) {
        draft.file(Access.DELETE, pattern(operand), name + " deletes files");
      }
      return draft.done();
    }
  }

  /// Copies what a pattern names into a folder.
  private static final class Copying implements Manual {

    private static final Table TABLE =
        Table.filesOnly("copies files")
            .flags(
                "-Luvh --dereference --update --verbose --version --help --no-initial --preserve")
            .flags("-p --include-empty-dirs")
            .values(Meaning.SHELL, "-c --command")
            .values(Meaning.CHANGES, "-t --transform")
            .flags(Meaning.CHANGES, "-Cw --clean --watch")
            .build();

    @Override
    public Set<String> names() {
      return Set.of("cpx");
    }

    @Override
    public Reading read(Call call) {
      Arguments arguments = TABLE.read(call.arguments());
      Draft draft = new Draft(TableReading.of("cpx", TABLE, arguments));
      List<Arg> operands = arguments.operands();
      if (operands.size() != 2) {
        return draft.raise(Nature.UNKNOWN, "cpx takes a pattern and a folder").done();
      }
      draft.want(new Want.File(Access.SEARCH, pattern(operands.getFirst())));
      return draft.file(Access.WRITE, operands.getLast(), "cpx writes files").done();
    }
  }

  /// Runs one of the portable commands of ShellJS, with plugins if the workspace names some.
  private static final class ShxManual implements Manual {

    @Override
    public Set<String> names() {
      return Set.of("shx");
    }

    @Override
    public Reading read(Call call) {
      List<Arg> argv = new ArrayList<>();
      for (Arg word : call.arguments()) {
        argv.add(pattern(word));
      }
      String command = argv.isEmpty() ? "" : Builds.texts(argv).getFirst();
      return switch (command) {
        case "cat", "chmod", "cp", "echo", "find", "grep", "head", "ln", "ls", "mkdir", "mv" ->
            Builds.runs("runs a portable " + command, argv);
        case "pwd", "rm", "sort", "tail", "test", "touch", "uniq", "which" ->
            Builds.runs("runs a portable " + command, argv);
        default -> Reading.unknown("shx " + command + " is not judged", List.of());
      };
    }
  }
}
