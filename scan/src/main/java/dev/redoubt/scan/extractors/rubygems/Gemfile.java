// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.rubygems;

import dev.redoubt.model.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The groups of a Gemfile, as far as they can be told without running it.
///
/// Understood are `gem "name"` with literal groups, `group … do` blocks and other blocks around
/// them. When blocks do not end where they should, nothing of the file is believed.
final class Gemfile {

  /// A Gemfile that says nothing.
  static final Gemfile UNREADABLE = new Gemfile(List.of(), Trust.NONE);

  private static final Set<String> DEVELOPMENT = Set.of("development", "test");
  private static final Set<String> OPENERS =
      Set.of("if", "unless", "case", "begin", "def", "class", "module", "while", "until", "for");

  /* What may be concluded about a gem that is not named. */
  private enum Trust {
    /** Nothing: there may be names that only running it would tell. */
    NONE,
    /** It comes from the gemspec, which adds the gem itself and what its development needs. */
    GEMSPEC
  }

  /// A gem that is asked for by a literal name.
  ///
  /// @param texts the literal texts behind the name: versions, or values of options
  /// @param statement the whole statement, without comments, on one line
  record Asked(String name, Scope scope, List<String> texts, String statement, int line) {
    Asked {
      texts = List.copyOf(texts);
    }
  }

  private record Statement(String text, int line) {}

  private final List<Asked> asked;
  private final Map<String, Scope> scopes = new HashMap<>();
  private final Trust trust;

  private Gemfile(List<Asked> asked, Trust trust) {
    this.asked = List.copyOf(asked);
    this.trust = trust;
    for (Asked gem : asked) {
      scopes.merge(gem.name(), gem.scope(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }
  }

  /// Returns the gems that are asked for by a literal name, in the order of the file.
  List<Asked> asked() {
    return asked;
  }

  /// Returns the scope in which the project asks for `name`.
  ///
  /// @param local whether the gem is part of the project
  Scope scope(String name, boolean local) {
    Scope named = scopes.get(name);
    if (named != null) {
      return named;
    }
    if (trust == Trust.NONE) {
      return Scope.UNKNOWN;
    }
    return local ? Scope.PROD : Scope.DEV;
  }

  static Gemfile read(String text) {
    List<Asked> asked = new ArrayList<>();
    Deque<Scope> blocks = new ArrayDeque<>();
    boolean gemspec = false;
    boolean dynamic = false;
    for (Statement next : statements(text)) {
      String statement = next.text();
      String word = firstWord(statement);
      Scope around = blocks.isEmpty() ? Scope.PROD : blocks.getFirst();
      if (word.equals("end")) {
        if (blocks.isEmpty()) {
          return UNREADABLE;
        }
        blocks.removeFirst();
      } else if (OPENERS.contains(word) || endsInDo(statement)) {
        blocks.addFirst(word.equals("group") ? groupScope(statement, around) : around);
        dynamic |= statement.contains("each");
      } else if (word.equals("gem")) {
        List<String> names = literals(statement, '"', '\'');
        if (names.isEmpty()) {
          dynamic = true;
        } else {
          List<String> texts = names.subList(1, names.size());
          Scope scope = ownScope(statement, around);
          asked.add(new Asked(names.getFirst(), scope, texts, statement, next.line()));
        }
      } else {
        gemspec |= word.equals("gemspec");
        dynamic |= word.equals("eval_gemfile") || statement.contains("{");
      }
    }
    if (!blocks.isEmpty()) {
      return UNREADABLE;
    }
    return new Gemfile(asked, gemspec && !dynamic ? Trust.GEMSPEC : Trust.NONE);
  }

  /* One statement a line; a line that ends in a comma goes on in the next. */
  private static List<Statement> statements(String text) {
    List<Statement> statements = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int line = 0;
    int start = 0;
    for (String row : (Iterable<String>) text.lines()::iterator) {
      line++;
      String content = withoutComment(row).strip();
      if (!content.isEmpty()) {
        start = open.isEmpty() ? line : start;
        open.append(open.isEmpty() ? "" : " ").append(content);
        if (!content.endsWith(",")) {
          statements.add(new Statement(open.toString(), start));
          open.setLength(0);
        }
      }
    }
    if (!open.isEmpty()) {
      statements.add(new Statement(open.toString(), start));
    }
    return statements;
  }

  private static String withoutComment(String row) {
    char quote = 0;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '#') {
        return row.substring(0, i);
      }
    }
    return row;
  }

  private static String firstWord(String statement) {
    return wordAt(statement, 0);
  }

  private static String wordAt(String statement, int start) {
    int end = start;
    while (end < statement.length()
        && (Character.isLetterOrDigit(statement.charAt(end)) || statement.charAt(end) == '_')) {
      end++;
    }
    return statement.substring(start, end);
  }

  private static boolean endsInDo(String statement) {
    int bar = statement.endsWith("|") ? statement.lastIndexOf('|', statement.length() - 2) : -1;
    String head = bar < 0 ? statement : statement.substring(0, bar).strip();
    return head.endsWith(" do") || head.endsWith(")do");
  }

  private static Scope groupScope(String statement, Scope around) {
    Scope scope = scope(symbols(statement));
    if (scope != Scope.DEV && statement.contains("optional: true")) {
      scope = Scope.OPTIONAL;
    }
    return scope.compareTo(around) >= 0 ? scope : around;
  }

  private static Scope ownScope(String statement, Scope around) {
    for (String key : List.of("group:", "groups:", ":group ", ":groups ", ":group=", ":groups=")) {
      int at = statement.indexOf(key);
      if (at >= 0) {
        String value = statement.substring(at + key.length()).replaceFirst("^\\s*=?>", "").strip();
        int end = value.startsWith("[") ? value.indexOf(']') : value.indexOf(',');
        return scope(symbols(end < 0 ? value : value.substring(0, end)));
      }
    }
    return around;
  }

  private static Scope scope(List<String> groups) {
    return !groups.isEmpty() && DEVELOPMENT.containsAll(groups) ? Scope.DEV : Scope.PROD;
  }

  private static List<String> symbols(String text) {
    List<String> symbols = new ArrayList<>(literals(text, '"', '\''));
    int i = 0;
    while (i < text.length()) {
      char before = i == 0 ? ' ' : text.charAt(i - 1);
      if (text.charAt(i) == ':' && " ,([".indexOf(before) >= 0) {
        String word = wordAt(text, i + 1);
        if (!word.isEmpty()) {
          symbols.add(word);
        }
        i += word.length() + 1;
      } else if (text.startsWith("%i[", i)) {
        int end = text.indexOf(']', i);
        int stop = end < 0 ? text.length() : end;
        symbols.addAll(List.of(text.substring(i + 3, stop).strip().split("\\s+", -1)));
        i = stop;
      } else {
        i++;
      }
    }
    return symbols;
  }

  private static List<String> literals(String text, char... quotes) {
    List<String> literals = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      for (char quote : quotes) {
        if (text.charAt(i) == quote) {
          int end = text.indexOf(quote, i + 1);
          if (end < 0) {
            return literals;
          }
          literals.add(text.substring(i + 1, end));
          i = end;
          break;
        }
      }
    }
    return literals;
  }
}
