// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.enrichment;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Imports the catalogue of known exploited vulnerabilities in the JSON form of CISA.
///
/// At most 64 MB. Entries without a CVE id are counted as rejected; a file without a single good
/// one is refused and changes nothing.
public final class KevImport {

  private static final Limits LIMITS = new Limits(64L << 20, 32, 5_000_000);

  private KevImport() {}

  /// Compiles `input` beside its place in `advisories`, the folder of the compiled files.
  ///
  /// @param source the name to remember it by
  /// @throws RedoubtException with code `UNREADABLE`, `ADVISORY_INPUT` or `UNWRITABLE`
  public static StagedFeed stage(Path advisories, Path input, String source, Clock clock) {
    byte[] bytes = read(input);
    Node root;
    try {
      root = Json.read(bytes, LIMITS);
    } catch (DocumentException e) {
      throw FeedInput.refused("KEV catalogue", input, String.valueOf(e.getMessage()));
    }
    TreeMap<Long, Integer> entries = new TreeMap<>();
    int rejected = 0;
    for (Node entry : root.items("vulnerabilities")) {
      OptionalLong key = CveKey.of(entry.text("cveID").orElse("").strip());
      if (key.isPresent()) {
        entries.put(key.getAsLong(), 1);
      } else {
        rejected++;
      }
    }
    if (entries.isEmpty()) {
      throw FeedInput.refused(
          "KEV catalogue", input, "it has no \"vulnerabilities\" with a \"cveID\"");
    }
    Feed feed =
        new Feed(source, released(root), clock.instant(), rejected, FeedInput.sha256(input));
    return new StagedFeed(
        CveTable.stage(Enrichment.kevPath(advisories), Enrichment.KEV, feed, entries),
        new Enrichment.State(feed, entries.size()));
  }

  private static byte[] read(Path input) {
    try (InputStream in = Files.newInputStream(input)) {
      return in.readNBytes((int) LIMITS.bytes() + 1);
    } catch (IOException e) {
      throw FeedInput.unreadable(input, e);
    }
  }

  private static Instant released(Node root) {
    try {
      return Instant.parse(root.text("dateReleased").orElse(""));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
