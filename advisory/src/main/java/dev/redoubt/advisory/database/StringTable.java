// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import dev.redoubt.advisory.files.ByteSink;
import dev.redoubt.advisory.files.CorruptFileException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The versions and releases of a file, each written once: count, end offset of each, UTF-8.
final class StringTable {

  private final ByteBuffer section;
  private final int count;

  StringTable(ByteBuffer section) {
    this.section = section;
    this.count = section.getInt(0);
    if (count < 0 || 4 + 4L * count > section.limit()) {
      throw new CorruptFileException("its table of strings is wrong");
    }
  }

  /// Returns string `id`.
  String get(int id) {
    if (id >= count) {
      throw new CorruptFileException("a string is missing");
    }
    int base = 4 + 4 * count;
    int from = id == 0 ? 0 : section.getInt(4 * id);
    byte[] utf8 = new byte[section.getInt(4 + 4 * id) - from];
    section.get(base + from, utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /// Collects strings and gives each a number.
  static final class Writer {

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final ByteSink ends = new ByteSink();
    private final ByteSink utf8 = new ByteSink();

    int id(String text) {
      Integer known = ids.get(text);
      if (known != null) {
        return known;
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      utf8.raw(bytes, 0, bytes.length);
      ends.int32(utf8.length());
      int id = ids.size();
      ids.put(text, id);
      texts.add(text);
      return id;
    }

    String text(int id) {
      return texts.get(id);
    }

    ByteSink section() {
      ByteSink section = new ByteSink(4 + ends.length() + utf8.length());
      section.int32(ids.size());
      section.append(ends);
      section.append(utf8);
      return section;
    }
  }
}
