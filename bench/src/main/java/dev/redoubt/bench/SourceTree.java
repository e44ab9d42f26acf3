// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// A repository of many files: folders of twenty, mostly sources of a few kilobytes, and one small
/// lock file in two hundred.
final class SourceTree {

  private static final int PER_FOLDER = 20;
  private static final int PER_LOCK = 200;
  private static final List<String> KINDS =
      List.of(".ts", ".js", ".py", ".java", ".md", ".json", ".css");

  private SourceTree() {}

  /// Writes `files` files below `folder`.
  static void write(Path folder, int files, long seed) throws IOException {
    Random random = new Random(seed);
    Path current = folder;
    for (int i = 0; i < files; i++) {
      if (i % PER_FOLDER == 0) {
        int number = i / PER_FOLDER;
        current =
            folder
                .resolve("part" + number / 100)
                .resolve("area" + number % 100 / 10)
                .resolve("unit" + number);
        Files.createDirectories(current);
      }
      if (i % PER_LOCK == 0) {
        Files.writeString(
            current.resolve("package-lock.json"),
            PackageLock.text(20, List.of(), seed + i),
            StandardCharsets.UTF_8);
      } else {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        Files.writeString(
            current.resolve("file" + i + kind), text(kind, random), StandardCharsets.UTF_8);
      }
    }
  }

  private static String text(String kind, Random random) {
    StringBuilder text = new StringBuilder();
    int lines = 10 + random.nextInt(120);
    if (kind.equals(".json")) {
      text.append("{");
      for (int i = 0; i < lines; i++) {
        text.append(i == 0 ? "\n" : ",\n")
            .append("  \"key")
            .append(i)
            .append("\": ")
            .append(random.nextInt());
      }
      return text.append("\n}\n").toString();
    }
    for (int i = 0; i < lines; i++) {
      text.append("value ").append(i).append(" = ").append(random.nextLong()).append(";\n");
    }
    return text.toString();
  }
}
