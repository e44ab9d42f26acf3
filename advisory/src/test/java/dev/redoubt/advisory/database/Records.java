// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.advisory.files.AtomicFile;
import dev.redoubt.advisory.osv.OsvReader;
import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.document.DocumentException;
import java.nio.file.Path;
import java.time.Instant;

/// Records for tests, written with single quotes, and drafts that keep them.
final class Records {

  static final Instant IMPORTED = Instant.parse("2026-11-22T00:00:00Z");

  private Records() {}

  static OsvRecord osv(String json) {
    try {
      return OsvReader.read(json.replace('\'', '"').getBytes(UTF_8), OsvReader.Syntax.JSON);
    } catch (DocumentException e) {
      throw new AssertionError(json, e);
    }
  }

  /// Returns an npm record of `left-pad` with the given fields and affected range.
  static OsvRecord leftPad(String id, String fields, String events) {
    return osv(
        "{'id': '%s', 'modified': '2026-01-01T00:00:00Z', %s 'affected': [{'package': {'ecosystem': 'npm', 'name': 'left-pad'}, 'ranges': [{'type': 'SEMVER', 'events': [%s]}]}]}"
            .formatted(id, fields, events));
  }

  static Draft draft(String ecosystem, OsvRecord... records) {
    Draft draft = new Draft(ecosystem);
    add(draft, "test", records);
    return draft;
  }

  static void add(Draft draft, String source, OsvRecord... records) {
    for (OsvRecord record : records) {
      draft.add(source, record);
    }
    draft.add(source, Source.Rejected.NONE, IMPORTED, new Source.Origin(null, "00"));
  }

  static AdvisoryFile publish(Path dataDir, Draft draft) {
    Path path = AdvisoryDatabase.file(AdvisoryDatabase.folder(dataDir), draft.ecosystem());
    try (AtomicFile staged = draft.stage(path)) {
      staged.publish();
    }
    return AdvisoryFile.open(path);
  }
}
