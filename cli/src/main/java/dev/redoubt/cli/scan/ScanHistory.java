// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.scan.reports.JsonReport;
import dev.redoubt.scan.reports.ScanReport;
import dev.redoubt.scan.thresholds.PastReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The findings of the last scan of each target, kept in the data folder so that a rescan can say
/// what changed.
final class ScanHistory {

  private static final int MOST_BYTES = 256 << 20;

  private final Path file;

  ScanHistory(Path dataDir, Path target) {
    this.file = dataDir.resolve("scans").resolve(digest(target.toString()) + ".json");
  }

  /// What is known of the last scan.
  ///
  /// @param report its findings, or empty when there was none
  /// @param gaps why it could not be read, if it was there
  record Last(Optional<PastReport> report, List<Gap> gaps) {}

  Last last() {
    if (!Files.exists(file)) {
      return new Last(Optional.empty(), List.of());
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new Last(Optional.of(PastReport.read(in.readNBytes(MOST_BYTES))), List.of());
    } catch (DocumentException e) {
      return unreadable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return unreadable(String.valueOf(e.getMessage()));
    }
  }

  /* Without the inventory: only findings are compared, and reading it all again would take a rescan
   * longer than the scan itself. */
  void keep(ScanReport report) {
    ScanReport findings =
        new ScanReport(
            report.header(),
            Inventory.EMPTY,
            report.judgement(),
            report.coverage(),
            report.changes());
    ReportFile.write(file, new JsonReport(), findings);
  }

  private Last unreadable(String reason) {
    return new Last(
        Optional.empty(),
        List.of(
            new Gap(
                null,
                null,
                "the last scan (\"%s\") could not be read: %s".formatted(file, reason),
                "nothing to do: this scan replaces it")));
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
