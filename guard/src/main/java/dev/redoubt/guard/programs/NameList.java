// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells whether the output of a call is a list of names of files and nothing else.
///
/// Only calls whose every word is known to keep it so are told: one format option more and the
/// output could be any text.
public final class NameList {

  private static final Arg HERE = new Arg.Known(".");

  private NameList() {}

  /// Returns what the output of `call` is for the next command of a pipeline.
  ///
  /// @param reading what the manual of the program said about it
  public static Call.Input of(Call call, Reading reading) {
    List<String> words = texts(call.arguments());
    if (words == null || reading.nature() != Nature.HARMLESS) {
      return new Call.Input.Unknown();
    }
    Optional<List<Arg>> found =
        switch (call.name()) {
          case "find" -> new FindReading(call.arguments()).listing();
          case "git" -> git(words);
          case "rg" -> search(words, "linwSFsu0", true);
          case "grep" -> search(words, "rRlinwEFIs", false);
          default -> Optional.empty();
        };
    if (found.isPresent()) {
      return new Call.Input.Names(found.get());
    }
    return call.input() instanceof Call.Input.Names names && isFilter(call.name(), words)
        ? names
        : new Call.Input.Unknown();
  }

  /// Returns the words; null when one is not known.
  private static @Nullable List<String> texts(List<Arg> arguments) {
    List<String> texts = new ArrayList<>(arguments.size());
    for (Arg argument : arguments) {
      if (!(argument instanceof Arg.Known(String text))) {
        return null;
      }
      texts.add(text);
    }
    return texts;
  }

  /// Lines pass as they are or not at all.
  private static boolean isFilter(String name, List<String> words) {
    return switch (name) {
      case "head", "tail" ->
          words.isEmpty()
              || (words.size() == 1 && isNumber(words.getFirst(), "-n", "-"))
              || (words.size() == 2 && words.getFirst().equals("-n") && isNumber(words.get(1), ""));
      case "sort" -> words.isEmpty() || words.equals(List.of("-u"));
      case "grep" -> {
        boolean options = words.size() == 2 && isCluster(words.getFirst(), "viEFwx");
        yield options || (words.size() == 1 && !words.getFirst().startsWith("-"));
      }
      default -> false;
    };
  }

  private static boolean isNumber(String word, String... before) {
    for (String prefix : before) {
      String digits = word.startsWith(prefix) ? word.substring(prefix.length()) : "";
      if (!digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCluster(String word, String letters) {
    return word.length() > 1
        && word.charAt(0) == '-'
        && word.chars().skip(1).allMatch(c -> letters.indexOf(c) >= 0);
  }

  private static Optional<List<Arg>> git(List<String> words) {
    String verb = words.isEmpty() ? "" : words.getFirst();
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    return switch (verb) {
      case "ls-files" -> gitPaths(rest, "zcmod", "--cached", "--modified", "--others");
      case "diff" ->
          rest.contains("--name-only")
              ? gitPaths(rest, "z", "--name-only", "--cached", "--staged")
              : Optional.empty();
      case "grep" -> search(rest, "liwEFI", false);
      default -> Optional.empty();
    };
  }

  private static Optional<List<Arg>> gitPaths(List<String> words, String letters, String... names) {
    List<String> paths = new ArrayList<>();
    for (String word : words) {
      boolean option =
          isCluster(word, letters)
              || List.of(names).contains(word)
              || word.equals("--exclude-standard")
              || word.startsWith("--diff-filter=")
              || word.equals("--");
      if (!option && (word.startsWith("-") || word.startsWith(":"))) {
        return Optional.empty();
      }
      if (!option) {
        paths.add(word);
      }
    }
    return Optional.of(at(paths));
  }

  /// Reads the call of a search that lists the files it finds something in.
  private static Optional<List<Arg>> search(List<String> words, String letters, boolean files) {
    boolean lists = false;
    boolean all = false;
    List<String> operands = new ArrayList<>();
    for (String word : words) {
      if (isCluster(word, letters)) {
        lists |= word.indexOf('l') > 0;
      } else if (files && word.equals("--files")) {
        all = true;
      } else if (word.equals("--files-with-matches")) {
        lists = true;
      } else if (word.startsWith("--include=")) {
        operands.add(word.substring("--include=".length()));
      } else if (word.startsWith("-")) {
        return Optional.empty();
      } else {
        operands.add(word);
      }
    }
    // A pattern among the operands is judged like a path, which is never milder.
    return lists || all ? Optional.of(at(operands)) : Optional.empty();
  }

  /// Returns what may be found at and below the places that `paths` say.
  private static List<Arg> at(List<String> paths) {
    List<Arg> found = new ArrayList<>();
    for (String path : paths) {
      found.add(new Arg.Glob(path.startsWith("/") ? path : "./" + path));
      FindNames names = new FindNames();
      names.name(new Arg.Known(path.substring(path.lastIndexOf('/') + 1)));
      found.addAll(names.below(List.of(HERE)));
    }
    if (paths.isEmpty()) {
      found.add(new Arg.Glob("./*"));
    }
    return found;
  }
}
