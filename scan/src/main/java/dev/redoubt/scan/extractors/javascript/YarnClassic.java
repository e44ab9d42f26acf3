// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Node;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The grammar of yarn.lock of Yarn 1: an entry at the margin, its fields two columns in, the
/// entries of a field that is a map four columns in; words are bare or in double quotes.
///
/// The tree has one object for each entry; the key holds its patterns, one a line.
final class YarnClassic {

  private static final int MOST_GAPS = 100;

  private final String path;
  private final List<Gap> gaps;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private @Nullable Open entry;
  private @Nullable Open map;
  private int malformed;

  private YarnClassic(String path, List<Gap> gaps) {
    this.path = path;
    this.gaps = gaps;
  }

  private record Open(String key, Map<String, Node> fields, int line) {
    Node.Obj node() {
      return new Node.Obj(fields, line);
    }
  }

  /// Returns the entries of `text`; lines that do not fit the grammar are gaps, the first hundred
  /// one by one.
  ///
  /// @throws DocumentException if nothing in it fits
  static Node read(String path, String text, List<Gap> gaps) throws DocumentException {
    return new YarnClassic(path, gaps).read(text);
  }

  private Node read(String text) throws DocumentException {
    int line = 0;
    int firstMalformed = 0;
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      line++;
      if (!accept(text.substring(start, end).stripTrailing(), line)) {
        firstMalformed = firstMalformed == 0 ? line : firstMalformed;
        if (++malformed <= MOST_GAPS) {
          gap(line, "a line that is not of a yarn lock file");
        }
      }
      start = end + 1;
    }
    closeEntry();
    if (entries.isEmpty() && malformed > 0) {
      throw new DocumentException(firstMalformed, "is no yarn lock file", "run yarn install");
    }
    if (malformed > MOST_GAPS) {
      gap(firstMalformed, "%d more such lines".formatted(malformed - MOST_GAPS));
    }
    return new Node.Obj(entries, 1);
  }

  private boolean accept(String content, int line) {
    String words = content.stripLeading();
    if (words.isEmpty() || words.startsWith("#")) {
      return true;
    }
    int indent = content.length() - words.length();
    if (indent == 0) {
      closeEntry();
      return openEntry(words, line);
    }
    if (entry == null) {
      return false;
    }
    if (indent <= 2) {
      closeMap();
    }
    return (words.endsWith(":") && map == null) ? openMap(words, line) : field(words, line);
  }

  private boolean openEntry(String words, int line) {
    if (!words.endsWith(":")) {
      return false;
    }
    List<String> patterns = new ArrayList<>();
    int from = 0;
    int end = words.length() - 1;
    while (from < end) {
      Word word = Word.at(words, from, ',', end);
      if (word == null || word.value.isEmpty()) {
        return false;
      }
      patterns.add(word.value);
      from = word.end;
      while (from < end && ", ".indexOf(words.charAt(from)) >= 0) {
        from++;
      }
    }
    entry = new Open(String.join("\n", patterns), new LinkedHashMap<>(), line);
    return !patterns.isEmpty();
  }

  private boolean openMap(String words, int line) {
    Word name = Word.at(words, 0, ':', words.length() - 1);
    if (name == null) {
      return false;
    }
    map = new Open(name.value, new LinkedHashMap<>(), line);
    return true;
  }

  private boolean field(String words, int line) {
    Word name = Word.at(words, 0, ' ', words.length());
    if (name == null || entry == null || name.end >= words.length()) {
      return false;
    }
    String rest = words.substring(name.end).strip();
    Word value = Word.at(rest, 0, '\0', rest.length());
    if (value == null || value.end != rest.length()) {
      return false;
    }
    (map == null ? entry : map).fields.put(name.value, new Node.Text(value.value, line));
    return true;
  }

  private void closeMap() {
    if (map != null && entry != null) {
      entry.fields.put(map.key, map.node());
    }
    map = null;
  }

  private void closeEntry() {
    closeMap();
    if (entry != null) {
      entries.put(entry.key, entry.node());
    }
    entry = null;
  }

  private void gap(int line, String reason) {
    gaps.add(Gap.at(new Location(path, line), reason, "resolve conflicts and run yarn install"));
  }

  /// One word and where it ends.
  private record Word(String value, int end) {

    static @Nullable Word at(String text, int from, char stop, int limit) {
      if (from < limit && text.charAt(from) == '"') {
        return quoted(text, from, limit);
      }
      int end = text.indexOf(stop, from);
      end = end < 0 || end > limit ? limit : end;
      return new Word(text.substring(from, end), end);
    }

    private static @Nullable Word quoted(String text, int from, int limit) {
      StringBuilder value = new StringBuilder();
      for (int i = from + 1; i < limit; i++) {
        char c = text.charAt(i);
        if (c == '"') {
          return new Word(value.toString(), i + 1);
        }
        if (c == '\\' && i + 1 < limit) {
          c = text.charAt(++i);
        }
        value.append(c);
      }
      return null;
    }
  }
}
