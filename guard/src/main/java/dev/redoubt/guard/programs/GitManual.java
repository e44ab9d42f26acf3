// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `git`: subcommands that only show something pass, everything else changes or is not known.
///
/// What a repository's own configuration could run on a plain `git status` or `git log` (fsmonitor,
/// hooks, pager, external diff, textconv) is switched off by the sandbox that runs it, as far as
/// git lets it, and is asked about where it is seen ([Want.Repository]). What the command line asks
/// for is judged here: `-c`, `--ext-diff`, formats that verify signatures. An unknown subcommand
/// may be an alias and so any program.
///
/// Sources: git(1) and the manual page of each subcommand; gitrevisions(7) and gitglossary(7) on
/// `rev:path` and the magic in front of a path.
final class GitManual implements Manual {

  private static final Set<String> NAMES = Set.of("git");
  private static final Table GLOBALS = GitTables.globals();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    Arguments front = GLOBALS.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("git", GLOBALS, front));
    repository(draft, front);
    List<Arg> folders = TableReading.folders(front);
    List<Arg> rest = front.operands();
    if (rest.isEmpty()) {
      return draft.in(folders);
    }
    if (!(rest.getFirst() instanceof Arg.Known(String verb))) {
      return draft.raise(Nature.UNKNOWN, "the subcommand of git is not known").in(folders);
    }
    if (!folders.isEmpty()) {
      draft.want(new Want.File(Access.SEARCH, new Arg.Known(".")));
    }
    if (startsPrograms(verb)) {
      draft.want(new Want.Repository());
    }
    Reading reading = verb(verb, rest.subList(1, rest.size()));
    return new Draft(reading).also(draft.done()).in(folders);
  }

  /// Any folder can be made a repository with settings of its own, except one called `.git`, which
  /// nobody may write unasked.
  private static void repository(Draft draft, Arguments front) {
    for (Used one : front.used()) {
      if (!one.name().equals("--git-dir")) {
        continue;
      }
      if (one.value() instanceof Arg.Known(String folder)
          && (folder.equals(".git") || folder.endsWith("/.git"))) {
        draft.want(new Want.In(new Arg.Known(folder), List.of(new Want.Repository())));
      } else {
        draft.raise(Nature.CHANGES, "git --git-dir obeys the settings in another folder");
      }
    }
  }

  /// Whether the verb looks at files or contents; the others only look at names.
  private static boolean startsPrograms(String verb) {
    return switch (verb) {
      case "branch", "config", "for-each-ref", "help", "ls-tree", "remote", "rev-list" -> false;
      case "rev-parse", "show-ref", "symbolic-ref", "tag", "var", "version" -> false;
      default -> true;
    };
  }

  private static Reading verb(String verb, List<Arg> rest) {
    if (rest.size() == 1 && rest.getFirst().equals(new Arg.Known("-h"))) {
      return Reading.harmless("shows how to use git " + verb, List.of());
    }
    String second = !rest.isEmpty() && rest.getFirst() instanceof Arg.Known(String t) ? t : "";
    Table both = GitTables.table(verb + " " + second);
    if (both != null) {
      return shows(verb + " " + second, both, rest.subList(1, rest.size()));
    }
    Table table = GitTables.table(verb);
    if (table == null || (verb.equals("reflog") && changesReflog(second))) {
      return GitChanges.read(verb, rest);
    }
    return shows(verb, table, rest);
  }

  private static boolean changesReflog(String second) {
    return switch (second) {
      case "expire", "delete", "drop", "write" -> true;
      default -> false;
    };
  }

  private static Reading shows(String verb, Table table, List<Arg> rest) {
    Arguments arguments = table.read(rest);
    Draft draft = new Draft(TableReading.of("git " + verb, table, arguments));
    formats(draft, arguments);
    if (arguments.has("--output")) {
      draft.raise(Nature.CHANGES, "git " + verb + " --output writes a file");
    }
    List<Arg> operands = arguments.operands();
    switch (verb) {
      case "branch" -> refs(draft, verb, arguments, "--list", "-l");
      case "tag" -> refs(draft, verb, arguments, "--list", "-l", "-n");
      case "symbolic-ref" -> {
        if (operands.size() != 1) {
          draft.raise(Nature.CHANGES, "git symbolic-ref with two names sets the first");
        }
      }
      case "config" -> config(draft, arguments);
      case "config get" -> secretKey(draft, operands);
      case "grep" -> grep(draft, arguments);
      case "diff", "show", "blame", "annotate", "whatchanged", "cat-file", "stash show" ->
          contents(draft, operands);
      case "diff-tree", "diff-index", "diff-files" -> contents(draft, operands);
      case "log", "reflog", "reflog show", "stash list" -> history(draft, arguments);
      default -> {}
    }
    return draft.done();
  }

  /// A name that stands alone creates a branch or tag; with a filter it only chooses.
  private static void refs(Draft draft, String verb, Arguments arguments, String... listing) {
    boolean lists =
        arguments.has(listing)
            || arguments.has("--contains", "--no-contains", "--merged", "--no-merged")
            || arguments.has("--points-at");
    if (!arguments.operands().isEmpty() && !lists) {
      draft.raise(Nature.CHANGES, "git " + verb + " with a name creates it");
    }
  }

  private static void config(Draft draft, Arguments arguments) {
    List<Arg> operands = arguments.operands();
    boolean reads =
        arguments.has("--get", "--get-all", "--get-regexp", "--get-urlmatch", "-l", "--list");
    if (!reads && (operands.size() > 1 || !isKey(operands))) {
      draft.raise(Nature.CHANGES, "git config with a value sets it");
    }
    secretKey(draft, operands);
  }

  /// Whether the operands are none or one `section.key`; anything else could be a verb.
  private static boolean isKey(List<Arg> operands) {
    return operands.isEmpty()
        || (operands.getFirst() instanceof Arg.Known(String key) && key.indexOf('.') > 0);
  }

  private static void secretKey(Draft draft, List<Arg> operands) {
    for (Arg operand : operands) {
      String key = operand.shown().toLowerCase(Locale.ROOT);
      for (String word :
          List.of("credential", "extraheader", "token", "pass", "secret", "cookie")) {
        if (key.contains(word)) {
          draft.raise(Nature.UNKNOWN, "git config " + operand.shown() + " could show a secret");
        }
      }
    }
  }

  /// `%G` runs the program that checks signatures; a bare name can be a format of the repository.
  private static void formats(Draft draft, Arguments arguments) {
    for (Used one : arguments.used()) {
      if (one.name().equals("--format") || one.name().equals("--pretty")) {
        if (one.value() instanceof Arg.Known(String format)) {
          format(draft, one.name(), format);
        } else if (one.value() != null) {
          draft.raise(Nature.UNKNOWN, "the format of git is not known");
        }
      }
    }
  }

  private static void format(Draft draft, String option, String format) {
    if (format.contains("%G") || format.contains("signature")) {
      draft.raise(Nature.CHANGES, "git " + option + " with %G runs the program for signatures");
    }
    boolean builtIn =
        switch (format) {
          case "oneline",
              "short",
              "medium",
              "full",
              "fuller",
              "reference",
              "email",
              "mboxrd",
              "raw" ->
              true;
          default -> format.indexOf('%') >= 0 || format.startsWith("format:");
        };
    if (!builtIn) {
      draft.raise(Nature.UNKNOWN, "the format \"" + format + "\" may be one of the repository");
    }
  }

  private static void grep(Draft draft, Arguments arguments) {
    List<Arg> operands = arguments.operands();
    boolean pattern = !arguments.has("-e", "-f") && !operands.isEmpty();
    List<Arg> places = pattern ? operands.subList(1, operands.size()) : operands;
    for (Arg place : places) {
      path(draft, Access.SEARCH, place);
    }
    if (places.isEmpty()) {
      draft.want(new Want.File(Access.SEARCH, new Arg.Known(".")));
    }
  }

  private static void history(Draft draft, Arguments arguments) {
    if (arguments.has(
            "-p", "-u", "--patch", "-U", "--unified", "-L", "--word-diff", "--color-words")
        || arguments.has("-c", "--cc", "--patch-with-stat", "--patch-with-raw", "--binary")
        || arguments.has("--remerge-diff", "--dd", "-W", "--function-context", "-m")) {
      contents(draft, arguments.operands());
    }
    for (Used one : arguments.used()) {
      if (one.name().equals("-L") && one.value() instanceof Arg.Known(String range)) {
        int colon = range.lastIndexOf(':');
        path(draft, Access.READ, new Arg.Known(range.substring(colon + 1)));
      }
    }
  }

  /// What is shown of a file that is sensitive today is sensitive in yesterday's version too.
  private static void contents(Draft draft, List<Arg> operands) {
    for (Arg operand : operands) {
      path(draft, Access.READ, operand);
    }
  }

  private static void path(Draft draft, Access access, Arg operand) {
    if (!(operand instanceof Arg.Known(String text))) {
      draft.want(new Want.File(access, operand));
      return;
    }
    if (text.startsWith(":(") && text.contains("icase")) {
      draft.raise(Nature.UNKNOWN, "which files " + text + " stands for is not known");
    }
    String path = pathIn(text);
    if (path != null) {
      boolean glob = path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0;
      draft.want(new Want.File(access, glob ? new Arg.Glob(path) : new Arg.Known(path)));
    }
  }

  /// Returns the path in a revision, `rev:path`, or path with magic; null when there is none.
  ///
  /// In `:0:path` and `HEAD@{12:00}:path` it is behind the last colon.
  private static @Nullable String pathIn(String text) {
    if (text.startsWith(":!") || text.startsWith(":^") || text.startsWith(":(exclude)")) {
      return null;
    }
    if (text.startsWith(":(") && text.indexOf(')') > 0) {
      return path(text.substring(text.indexOf(')') + 1));
    }
    if (text.startsWith(":/")) {
      return path(text.substring(2));
    }
    int colon = text.lastIndexOf(':');
    if (colon >= 0) {
      return path(text.substring(colon + 1));
    }
    boolean named = text.indexOf('/') < 0 && text.indexOf('.') < 0;
    boolean revision = text.contains("@{") || text.contains("^") || countsBack(text);
    return text.equals("HEAD") || (named && revision) ? null : path(text);
  }

  /// Whether the text is of the manner of `main~2`; `id_rsa~` is the copy of a file.
  private static boolean countsBack(String text) {
    int next = text.indexOf('~') + 1;
    return next > 0 && next < text.length() && Character.isDigit(text.charAt(next));
  }

  /// Returns `path` unless it is empty or a range of revisions.
  private static @Nullable String path(String path) {
    return path.isEmpty() || (path.contains("..") && !leavesFolder(path)) ? null : path;
  }

  private static boolean leavesFolder(String path) {
    return path.equals("..")
        || path.startsWith("../")
        || path.endsWith("/..")
        || path.contains("/../");
  }
}
