// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// `docs/versions.md`, which people and the tests read.
final class VersionsPage {

  private VersionsPage() {}

  static List<String> lines() throws IOException {
    return Files.readAllLines(
        Path.of(System.getProperty("redoubt.root", "..")).resolve("docs/versions.md"));
  }

  /// Returns the disputed statements of a file: rows such as `| packagist | 1.0 < 1.1 | … |`.
  static List<String> disputed(String ecosystem) throws IOException {
    return lines().stream()
        .map(line -> line.split("\\|", -1))
        .filter(cells -> cells.length > 3 && cells[1].strip().equals(ecosystem))
        .map(cells -> cells[2].strip().replace("`", ""))
        .filter(statement -> statement.matches("\\S+ [<=>] \\S+"))
        .collect(Collectors.toList());
  }
}
