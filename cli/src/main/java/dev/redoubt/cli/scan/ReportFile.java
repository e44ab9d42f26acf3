// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.scan.reports.ReportFormat;
import dev.redoubt.scan.reports.ScanReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a report so that the file is either the whole report or what it was before.
final class ReportFile {

  private ReportFile() {}

  /// @throws RedoubtException UNWRITABLE if it cannot be written
  static void write(Path file, ReportFormat format, ScanReport report) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE, "cannot write \"%s\": it is a folder".formatted(file));
    }
    try {
      Files.createDirectories(folder);
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
          format.write(report, writer);
        }
        return;
      }
      Path partial = Files.createTempFile(folder, ".redoubt-", ".tmp");
      try {
        try (Writer writer = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
          format.write(report, writer);
        }
        Files.move(
            partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot write \"%s\": %s: choose another place with -o"
              .formatted(file, RedoubtException.reason(e)),
          e);
    }
  }
}
