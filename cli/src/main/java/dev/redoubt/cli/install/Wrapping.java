// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.relay.HandedOn;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Puts proxies in front of the servers of a configuration, and takes them away. Texts only, no
/// files; what it does not have to change stays as it is, to the last blank.
final class Wrapping {

  private static final int LONGEST = 64;

  private final String program;
  private final List<String> options;
  private final Format format;

  /// How a configuration is written.
  ///
  /// @param toml TOML, else JSON
  /// @param ofServers whether it is about servers only
  record Format(boolean toml, boolean ofServers) {

    Part parts(String text) throws NotUnderstoodException {
      return toml ? TomlParts.of(text) : JsonParts.of(text);
    }

    Entries entries(String text) throws NotUnderstoodException {
      return Entries.in(parts(text), ofServers);
    }
  }

  /// What came of it.
  ///
  /// @param text the configuration
  /// @param left what stays as it was, and why, one line each
  record Result(String text, List<String> left) {
    Result {
      requireNonNull(text, "text");
      left = List.copyOf(left);
    }
  }

  /// @param program how Redoubt is started
  /// @param options what every proxy is given besides its name and the variables
  Wrapping(String program, List<String> options, Format format) {
    this.program = requireNonNull(program, "program");
    this.options = List.copyOf(options);
    this.format = requireNonNull(format, "format");
  }

  private record Edit(int start, int end, String text) {}

  /// Returns `text` with a proxy in front of the servers whose names `wanted` takes.
  ///
  /// @throws NotUnderstoodException if it cannot be followed
  Result wrapped(String text, Predicate<String> wanted) throws NotUnderstoodException {
    String bare = unwrapped(text, wanted);
    Entries entries = format.entries(bare);
    List<Edit> edits = new ArrayList<>();
    List<String> left = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Entry entry : entries.started()) {
      if (!wanted.test(entry.name())) {
        continue;
      }
      Optional<String> reason = entry.obstacle().or(() -> objection(entry));
      if (reason.isPresent()) {
        left.add("%s stays as it is: %s".formatted(entry.name(), reason.get()));
      } else if (entry.own() < 0) {
        wrap(entry, bare, unique(entry.name(), names), edits);
      }
    }
    entries.others().stream()
        .filter(wanted)
        .forEach(name -> left.add("%s stays as it is: no command starts it".formatted(name)));
    return new Result(edited(bare, edits), left);
  }

  /// Returns `text` without the proxies in front of the servers whose names `wanted` takes.
  ///
  /// @throws NotUnderstoodException if it cannot be followed
  String unwrapped(String text, Predicate<String> wanted) throws NotUnderstoodException {
    List<Edit> edits = new ArrayList<>();
    for (Entry entry : format.entries(text).started()) {
      if (wanted.test(entry.name()) && entry.own() >= 0 && isOurs(entry)) {
        unwrap(entry, text, edits);
      }
    }
    return edited(text, edits);
  }

  private boolean isOurs(Entry entry) {
    String started = last(entry.program().value());
    return started.equals(last(program)) || started.matches("redoubt(?:\\.exe)?");
  }

  private static String last(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private static Optional<String> objection(Entry entry) {
    return entry.variables().stream()
        .flatMap(name -> HandedOn.objection(name).stream())
        .findFirst()
        .map(reason -> reason + "; it would not reach the server");
  }

  private void wrap(Entry entry, String text, String name, List<Edit> edits) {
    List<String> words = new ArrayList<>(List.of("proxy", "--name", name));
    for (String variable : entry.variables()) {
      words.addAll(List.of("--env", variable));
    }
    words.addAll(options);
    words.add("--");
    String own = text.substring(entry.program().start(), entry.program().end());
    if (entry.isOneList()) {
      words.addFirst(program);
      insert(entry.program(), text, quoted(words), edits);
      return;
    }
    edits.add(new Edit(entry.program().start(), entry.program().end(), quoted(program)));
    List<String> before = new ArrayList<>(quoted(words));
    before.add(own);
    Part.Arr list = entry.arguments().orElse(null);
    if (list == null) {
      edits.add(behind(entry, String.join(", ", before)));
    } else if (list.items().isEmpty()) {
      edits.add(new Edit(list.start() + 1, list.start() + 1, String.join(", ", before)));
    } else {
      insert(list.items().getFirst(), text, before, edits);
    }
  }

  /* The list begins on a line of its own when it did. */
  private static void insert(Part first, String text, List<String> words, List<Edit> edits) {
    int line = text.lastIndexOf('\n', first.start() - 1) + 1;
    String before = text.substring(line, first.start());
    String separator = before.isBlank() && line > 0 ? ",\n" + before : ", ";
    edits.add(new Edit(first.start(), first.start(), String.join(", ", words) + separator));
  }

  private static Edit behind(Entry entry, String words) {
    int end = entry.program().end();
    String list =
        switch (entry.manner()) {
          case JSON -> ", \"args\": [" + words + "]";
          case INLINE -> ", args = [" + words + "]";
          case LINE, DOTTED -> "\nargs = [" + words + "]";
        };
    return new Edit(end, end, list);
  }

  private static void unwrap(Entry entry, String text, List<Edit> edits) {
    List<Part.Text> words = entry.words();
    if (entry.isOneList()) {
      Part.Text own = words.get(entry.own() + 1);
      edits.add(new Edit(words.getFirst().start(), own.start(), ""));
      return;
    }
    Part.Text own = words.get(entry.own());
    edits.add(
        new Edit(
            entry.program().start(),
            entry.program().end(),
            text.substring(own.start(), own.end())));
    boolean last = entry.own() + 1 == words.size();
    int end = last ? own.end() : words.get(entry.own() + 1).start();
    edits.add(new Edit(words.getFirst().start(), end, ""));
  }

  private static String edited(String text, List<Edit> edits) {
    StringBuilder changed = new StringBuilder(text);
    edits.stream()
        .sorted(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end).reversed())
        .forEach(edit -> changed.replace(edit.start(), edit.end(), edit.text()));
    return changed.toString();
  }

  /* What rules can name: 1 to 64 of A-Z a-z 0-9 . _ - */
  private static String unique(String name, Set<String> taken) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "-");
    String cut = plain.isEmpty() ? "server" : plain.substring(0, Math.min(LONGEST, plain.length()));
    String unique = cut;
    for (int i = 2; !taken.add(unique); i++) {
      String tail = "-" + i;
      unique = cut.substring(0, Math.min(cut.length(), LONGEST - tail.length())) + tail;
    }
    return unique;
  }

  private static List<String> quoted(List<String> words) {
    return words.stream().map(Wrapping::quoted).toList();
  }

  /* A text of JSON is one of TOML too. */
  private static String quoted(String word) {
    return JsonText.of(new Node.Text(word, 1));
  }
}
