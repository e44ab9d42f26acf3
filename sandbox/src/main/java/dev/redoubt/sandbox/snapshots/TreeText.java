// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The listing of one folder: a line for each entry, sorted by name.
///
/// ```
/// f 644 1204 1763800000123456789 <SHA-256> README.md
/// l ../elsewhere%20else link
/// d 755 <SHA-256 of its listing> src
/// x LARGE 4294967296:1763800000123456789:… movie.mp4
/// x COUNT - *
/// ```
///
/// The name `*` stands for all that is not listed; a file of that name is written `%2A`.
final class TreeText {

  /// The name of the entry that stands for the rest of a folder.
  static final String REST = "*";

  private TreeText() {}

  /// Returns the bytes of a listing.
  static byte[] listing(NavigableMap<String, Entry> entries) {
    StringBuilder text = new StringBuilder(entries.size() * 110);
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      text.append(line(entry.getValue())).append(' ').append(entry.getKey()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// Returns the entries of a listing.
  ///
  /// @throws IOException if it is none
  static NavigableMap<String, Entry> entries(byte[] listing) throws IOException {
    NavigableMap<String, Entry> entries = new TreeMap<>();
    String text = new String(listing, StandardCharsets.US_ASCII);
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      String line = text.substring(start, end < 0 ? text.length() : end);
      int name = line.lastIndexOf(' ');
      if (end < 0 || name < 0) {
        throw new IOException("a listing ends within a line");
      }
      entries.put(checked(line.substring(name + 1)), entry(line.substring(0, name)));
      start = end + 1;
    }
    return entries;
  }

  private static String checked(String name) throws IOException {
    try {
      if (!name.equals(REST)) {
        Names.name(name);
      }
      return name;
    } catch (IllegalArgumentException e) {
      throw new IOException("a listing holds the name \"%s\"".formatted(name), e);
    }
  }

  /// Returns an entry without its name.
  static String line(Entry entry) {
    return switch (entry) {
      case Entry.File(Hash content, long size, long modified, int mode) ->
          "f " + Integer.toOctalString(mode) + ' ' + size + ' ' + modified + ' ' + content.hex();
      case Entry.Link(String target) -> "l " + target;
      case Entry.Folder(Hash tree, int mode) ->
          "d " + Integer.toOctalString(mode) + ' ' + tree.hex();
      case Entry.LeftOut(Entry.Why why, String stamp) ->
          "x " + why + ' ' + (stamp.isEmpty() ? "-" : stamp);
    };
  }

  /// Returns the entry that [#line] wrote.
  static Entry entry(String line) throws IOException {
    String[] fields = line.split(" ", -1);
    try {
      return switch (fields[0]) {
        case "f" ->
            new Entry.File(
                new Hash(fields[4]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Integer.parseInt(fields[1], 8));
        case "l" -> new Entry.Link(fields[1]);
        case "d" -> new Entry.Folder(new Hash(fields[2]), Integer.parseInt(fields[1], 8));
        case "x" ->
            new Entry.LeftOut(Entry.Why.valueOf(fields[1]), fields[2].equals("-") ? "" : fields[2]);
        default -> throw new IOException("\"%s\" is no entry of a listing".formatted(line));
      };
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("\"%s\" is no entry of a listing".formatted(line), e);
    }
  }
}
