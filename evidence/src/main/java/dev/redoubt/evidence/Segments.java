// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The files of one stream: `000001.jsonl` and so on.
final class Segments {

  private static final String SUFFIX = ".jsonl";
  private static final int DIGITS = 6;

  private Segments() {}

  static Path file(Path folder, int number) {
    String digits = Integer.toString(number);
    return folder.resolve("0".repeat(Math.max(0, DIGITS - digits.length())) + digits + SUFFIX);
  }

  /// Returns the number in the name of a segment, 0 when it is the name of something else.
  static int number(String name) {
    int digits = name.length() - SUFFIX.length();
    if (!name.endsWith(SUFFIX) || digits < DIGITS || digits > 9) {
      return 0;
    }
    int number = 0;
    for (int i = 0; i < digits; i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      number = 10 * number + c - '0';
    }
    return number;
  }

  /// Returns the numbers of the segments in `folder`, ascending; none when it does not exist.
  static List<Integer> numbers(Path folder) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          int number = number(String.valueOf(entry.getFileName()));
          if (number > 0) {
            numbers.add(number);
          }
        }
      }
    }
    Collections.sort(numbers);
    return numbers;
  }
}
