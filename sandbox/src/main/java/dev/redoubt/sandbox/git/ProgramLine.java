// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.git;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// The words of a line that git hands to a shell, as paths that could be programs.
///
/// Reads more into a line than a shell does, never less: quotes may hold one word or many, and what
/// stands before the last part of a path, `$HOME` or `$(git rev-parse --show-toplevel)`, may lead
/// into the working tree.
final class ProgramLine {

  private static final Pattern BREAKS = Pattern.compile("[\\s\"'`;|&()<>=]+");
  private static final Pattern HOME = Pattern.compile("\\$HOME\\b|\\$\\{HOME}");
  private static final Pattern EXPANDED =
      Pattern.compile("\\$\\([^()]*\\)|\\$\\{[^{}]*}|\\$\\w+|`[^`]*`");

  /* What these run is named by a word behind them. */
  private static final Set<String> RUNNERS =
      Set.of(
          ".", "bash", "bun", "command", "dash", "deno", "env", "eval", "exec", "fish", "java",
          "ksh", "lua", "nice", "node", "nohup", "perl", "php", "python", "python2", "python3",
          "ruby", "sh", "source", "sudo", "time", "timeout", "xargs", "zsh");

  private final String line;
  private final Set<String> words = new LinkedHashSet<>();
  private final Set<String> commands = new LinkedHashSet<>();

  /// @param line what the setting says, without its quotes
  ProgramLine(String line) {
    this.line = (line.startsWith("!") ? line.substring(1) : line).strip();
    read(HOME.matcher(this.line).replaceAll("~"));
    read(EXPANDED.matcher(HOME.matcher(this.line).replaceAll("~")).replaceAll("."));
  }

  /// Returns every word that could name a file; each may also be something else.
  Set<String> words() {
    return words;
  }

  /// Returns the words that stand where a shell looks for a program, or behind one that runs what
  /// it is given, and have a path.
  Set<String> commands() {
    return commands;
  }

  private void read(String text) {
    words.add(line);
    for (String word : BREAKS.split(text, -1)) {
      words.add(word);
    }
    StringBuilder word = new StringBuilder();
    boolean starts = true;
    char quote = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '\\' && at + 1 < text.length()) {
        word.append(text.charAt(++at));
      } else if (Character.isWhitespace(c) || ";|&()<>`".indexOf(c) >= 0) {
        starts = ended(word.toString(), starts) || ";|&(`".indexOf(c) >= 0 || c == '\n';
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    ended(word.toString(), starts);
  }

  /* Returns whether the next word stands where a program is named. */
  private boolean ended(String word, boolean starts) {
    if (word.isEmpty()) {
      return starts;
    }
    words.add(word);
    if (word.indexOf(' ') >= 0) {
      // A line of its own, as for `sh -c`.
      for (String inner : BREAKS.split(word, -1)) {
        addCommand(inner, starts);
      }
    }
    addCommand(word, starts);
    boolean set = word.indexOf('=') > 0 && word.indexOf('/') < 0;
    boolean option = word.startsWith("-");
    return starts && (set || option || RUNNERS.contains(name(word)));
  }

  private void addCommand(String word, boolean starts) {
    if (starts && word.indexOf('/') >= 0 && !word.startsWith("-")) {
      commands.add(word);
    }
  }

  private static String name(String word) {
    return word.substring(word.lastIndexOf('/') + 1);
  }
}
