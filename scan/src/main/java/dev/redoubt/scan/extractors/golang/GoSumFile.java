// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

import dev.redoubt.model.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The lines of a go.sum that stand for the content of a module.
///
/// A line for `/go.mod` alone says that the requirements of a module were read, not that its code
/// is part of the build, and is left out.
///
/// @param entries by `path@version`, in the order of the file
/// @param malformed the lines, counted from 1, that are none
record GoSumFile(Map<String, Entry> entries, List<Integer> malformed) {

  private static final int MOST_HASHES = 8;

  GoSumFile {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    malformed = List.copyOf(malformed);
  }

  /// One module at one version.
  record Entry(String module, String version, List<Hash> hashes, int line) {
    Entry {
      hashes = List.copyOf(hashes);
    }

    private Entry join(Entry other) {
      if (hashes.size() >= MOST_HASHES) {
        return this;
      }
      return new Entry(
          module,
          version,
          Stream.concat(hashes.stream(), other.hashes.stream()).distinct().toList(),
          line);
    }
  }

  static GoSumFile parse(String text) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Integer> malformed = new ArrayList<>();
    int line = 0;
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      String content = text.substring(start, end).strip();
      start = end + 1;
      line++;
      if (content.isEmpty()) {
        continue;
      }
      int first = content.indexOf(' ');
      int last = content.lastIndexOf(' ');
      String hash = content.substring(last + 1);
      int colon = hash.indexOf(':');
      String version = first < last ? content.substring(first, last).strip() : "";
      if (colon < 1
          || version.isEmpty()
          || version.indexOf(' ') >= 0
          || !GoGaps.isModule(content.substring(0, first))) {
        malformed.add(line);
      } else if (!version.endsWith("/go.mod")) {
        String module = content.substring(0, first);
        Hash stated = new Hash(hash.substring(0, colon), hash.substring(colon + 1));
        entries.merge(
            module + "@" + version, new Entry(module, version, List.of(stated), line), Entry::join);
      }
    }
    return new GoSumFile(entries, malformed);
  }

  /// Returns the hashes stated for a module, none when there are none.
  List<Hash> hashes(String module, String version) {
    Entry entry = entries.get(module + "@" + version);
    return entry == null ? List.of() : entry.hashes;
  }
}
