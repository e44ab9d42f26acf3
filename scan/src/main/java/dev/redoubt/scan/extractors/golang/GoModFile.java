// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directives of a go.mod or go.work, in the order of the file.
///
/// The grammar is by line: a verb with its words, or a verb with a parenthesised block of lines. A
/// line that does not fit is kept among the malformed ones and the rest is still read.
///
/// @param directives what was understood
/// @param malformed what was not
record GoModFile(List<Directive> directives, List<Directive> malformed) {

  GoModFile {
    directives = List.copyOf(directives);
    malformed = List.copyOf(malformed);
  }

  /// One line.
  ///
  /// @param verb the first word, in the manner of `require`
  /// @param words the words after it, quotes removed
  /// @param comment what follows `//`, trimmed
  /// @param line counted from 1
  record Directive(String verb, List<String> words, String comment, int line) {
    Directive {
      words = List.copyOf(words);
    }

    /// Returns word `index`, or null when there are fewer.
    @Nullable String word(int index) {
      return index < words.size() ? words.get(index) : null;
    }

    /// Returns whether go itself marked the requirement as one of a dependency.
    boolean isIndirect() {
      return comment.equals("indirect")
          || comment.startsWith("indirect;")
          || comment.startsWith("indirect ;");
    }
  }

  /// What stands in for a module.
  ///
  /// @param module the module replaced
  /// @param version the only version replaced, or null for all
  /// @param path the module or folder that is used
  /// @param newVersion the version used, or null for a folder
  record Replacement(
      String module, @Nullable String version, String path, @Nullable String newVersion, int line) {

    boolean isLocal() {
      return newVersion == null;
    }
  }

  static GoModFile parse(String text) {
    Parser parser = new Parser();
    int line = 1;
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        end = text.length();
      }
      parser.line(text.substring(start, end), line);
      start = end + 1;
      line++;
    }
    return new GoModFile(parser.directives, parser.malformed);
  }

  Stream<Directive> all(String verb) {
    return directives.stream().filter(directive -> directive.verb.equals(verb));
  }

  /// Returns the first word of the last directive `verb`.
  Optional<String> value(String verb) {
    return all(verb).flatMap(it -> it.words.stream().limit(1)).reduce((_, last) -> last);
  }

  List<Replacement> replacements() {
    List<Replacement> replacements = new ArrayList<>();
    all("replace").forEach(it -> replacement(it).ifPresent(replacements::add));
    return replacements;
  }

  /// Returns whether the file names every module of the build, as go.mod does since Go 1.17.
  boolean isComplete() {
    return value("go").map(GoModFile::atLeast117).orElse(false);
  }

  private static boolean atLeast117(String version) {
    return GoVersion.compare("v" + version, "v1.17") >= 0;
  }

  private static Optional<Replacement> replacement(Directive it) {
    int arrow = it.words.indexOf("=>");
    String module = it.word(0);
    String path = it.word(arrow + 1);
    if (arrow < 1 || arrow > 2 || it.words.size() > arrow + 3 || path == null || module == null) {
      return Optional.empty();
    }
    String version = arrow == 2 ? it.word(1) : null;
    return Optional.of(new Replacement(module, version, path, it.word(arrow + 2), it.line));
  }

  private static final class Parser {
    final List<Directive> directives = new ArrayList<>();
    final List<Directive> malformed = new ArrayList<>();
    @Nullable String block;

    void line(String raw, int line) {
      List<String> words = new ArrayList<>();
      String comment = split(raw, words);
      String open = block;
      if (words.isEmpty()) {
        return;
      }
      if (open != null && words.getFirst().equals(")")) {
        block = null;
      } else if (open != null) {
        add(new Directive(open, words, comment, line));
      } else if (words.size() == 2 && words.get(1).equals("(")) {
        block = words.getFirst();
      } else if (!words.contains("(")) {
        add(new Directive(words.getFirst(), words.subList(1, words.size()), comment, line));
      } else {
        malformed.add(new Directive("", words, comment, line));
      }
    }

    private void add(Directive directive) {
      (isWellFormed(directive) ? directives : malformed).add(directive);
    }

    private static boolean isWellFormed(Directive directive) {
      int words = directive.words.size();
      return switch (directive.verb) {
        case "module", "go", "toolchain" -> words >= 1;
        case "require", "exclude" -> words == 2 && GoGaps.isModule(directive.words.getFirst());
        case "replace" ->
            replacement(directive)
                .filter(it -> it.isLocal() || GoGaps.isModule(it.path))
                .isPresent();
        case "retract", "tool", "use", "godebug", "ignore" -> words >= 1;
        default -> false;
      };
    }

    /* Parentheses stand alone as in "require(", a comment starts at "//" outside quotes, and a quoted
    word ends at the same quote. The old form of a block comment does not exist in these files. */
    private static String split(String raw, List<String> words) {
      int i = 0;
      while (i < raw.length()) {
        char c = raw.charAt(i);
        if (c <= ' ') {
          i++;
        } else if (raw.startsWith("//", i)) {
          return raw.substring(i + 2).strip();
        } else if (c == '(' || c == ')') {
          words.add(String.valueOf(c));
          i++;
        } else if (c == '"' || c == '`') {
          int end = raw.indexOf(c, i + 1);
          end = end < 0 ? raw.length() : end;
          words.add(raw.substring(i + 1, end));
          i = end + 1;
        } else {
          int end = i;
          while (end < raw.length() && isWordPart(raw, end)) {
            end++;
          }
          words.add(raw.substring(i, end));
          i = end;
        }
      }
      return "";
    }

    private static boolean isWordPart(String raw, int i) {
      char c = raw.charAt(i);
      return c > ' ' && c != '(' && c != ')' && c != '"' && c != '`' && !raw.startsWith("//", i);
    }
  }
}
