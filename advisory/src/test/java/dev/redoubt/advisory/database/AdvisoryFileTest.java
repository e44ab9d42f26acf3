// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import static dev.redoubt.advisory.database.Records.add;
import static dev.redoubt.advisory.database.Records.draft;
import static dev.redoubt.advisory.database.Records.leftPad;
import static dev.redoubt.advisory.database.Records.osv;
import static dev.redoubt.advisory.database.Records.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryFileTest {

  @TempDir Path data;

  private final OsvRecord full =
      osv(
          "{'id': 'B-1', 'modified': '2026-01-02T03:04:05.678Z', 'aliases': ['CVE-2026-1',"
              + " 'GHSA-x'], 'summary': 'grüße \uD83D\uDE00', 'severity': [{'type': 'CVSS_V3',"
              + " 'score': 'CVSS:3.1/AV:N'}], 'references': [{'type': 'WEB', 'url':"
              + " 'https://a.example'}], 'database_specific': {'severity': 'HIGH'}, 'affected':"
              + " [{'package': {'ecosystem': 'npm:next', 'name': '@s/ä'}, 'severity': [{'type':"
              + " 'CVSS_V2', 'score': 'AV:N'}], 'ranges': [{'type': 'SEMVER', 'events':"
              + " [{'introduced': '0'}, {'last_affected': '1.2.3'}, {'limit': '*'}]}, {'type':"
              + " 'GIT', 'events': []}], 'versions': ['2.0.0', '1.0.0', '1.5.0']}]}");

  @Test
  void everyFieldOfEveryRecordComesBack() {
    List<OsvRecord> records = new ArrayList<>();
    records.add(
        osv(
            "{'id': 'A-1', 'withdrawn': '2026-01-01T00:00:00Z', 'affected': [{'package':"
                + " {'ecosystem': 'npm', 'name': 'a'}}]}"));
    records.add(full);
    for (int i = 0; i < 200; i++) {
      records.add(leftPad("C-%03d".formatted(i), "", "{'introduced': '0'}"));
    }

    AdvisoryFile file = publish(data, draft("npm", records.toArray(OsvRecord[]::new)));

    List<OsvRecord> read = new ArrayList<>();
    for (int i = 0; i < file.size(); i++) {
      read.add(file.record(i));
    }
    assertThat(read).isEqualTo(records);
    file.verify();
  }

  @Test
  void aFileKnowsItsSources() {
    Draft draft = draft("npm", leftPad("A-1", "", "{'introduced': '0'}"));
    draft.add(
        "other",
        new Source.Rejected(3, List.of("a.json: broken")),
        Records.IMPORTED,
        new Source.Origin("MIT", "ab"));

    assertThat(publish(data, draft).sources())
        .containsExactly(
            new Source(
                "other",
                0,
                new Source.Rejected(3, List.of("a.json: broken")),
                Instant.EPOCH,
                Records.IMPORTED,
                new Source.Origin("MIT", "ab")),
            new Source(
                "test",
                1,
                Source.Rejected.NONE,
                Instant.parse("2026-01-01T00:00:00Z"),
                Records.IMPORTED,
                new Source.Origin(null, "00")));
  }

  @Test
  void anyFlippedBitIsRefused() throws Exception {
    AdvisoryFile file =
        publish(data, draft("npm", full, leftPad("C-1", "", "{'introduced': '0'}")));
    byte[] good = Files.readAllBytes(file.path());
    Path bad = data.resolve("bad");

    for (int at = 0; at < good.length; at++) {
      byte[] flipped = good.clone();
      flipped[at] ^= (byte) (1 << (at % 8));
      Files.write(bad, flipped);
      assertThatThrownBy(() -> AdvisoryFile.open(bad))
          .as("byte %d", at)
          .isInstanceOfSatisfying(
              RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADVISORY_FILE));
    }
  }

  @Test
  void anyCutIsRefused() throws Exception {
    AdvisoryFile file = publish(data, draft("npm", full));
    byte[] good = Files.readAllBytes(file.path());
    Path bad = data.resolve("bad");

    for (int length = 0; length < good.length; length++) {
      Files.write(bad, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> AdvisoryFile.open(bad))
          .as("length %d", length)
          .isInstanceOfSatisfying(
              RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADVISORY_FILE));
    }
    Files.write(bad, Arrays.copyOf(good, good.length + 1));
    assertThatThrownBy(() -> AdvisoryFile.open(bad)).isInstanceOf(RedoubtException.class);
  }

  @Test
  void aNewerFormatIsRefusedByName() throws Exception {
    AdvisoryFile file = publish(data, draft("npm", full));
    byte[] newer = Files.readAllBytes(file.path());
    newer[11] = 9;
    Files.write(file.path(), newer);

    assertThatThrownBy(() -> AdvisoryFile.open(file.path()))
        .hasMessage(
            "cannot use \"%s\": its format 9 is newer than 1, the newest this redoubt reads: run redoubt db import … or redoubt db sync"
                .formatted(file.path()));
  }

  @Test
  void anOpenFileAnswersFromItsOwnMappingAfterAReplacement() {
    AdvisoryFile before = publish(data, draft("npm", leftPad("A-1", "", "{'introduced': '0'}")));
    AdvisoryFile after = publish(data, draft("npm", leftPad("A-2", "", "{'introduced': '0'}")));

    assertThat(before.record(0).id()).isEqualTo("A-1");
    assertThat(after.record(0).id()).isEqualTo("A-2");
  }

  @Test
  void aDraftContinuesWhatAFileHolds() {
    Draft first = draft("npm", full);
    add(first, "other", leftPad("A-1", "", "{'introduced': '0'}"));
    AdvisoryFile before = publish(data, first);
    Draft second = draft("npm", leftPad("A-2", "", "{'introduced': '0'}"));
    second.addAllBut("test", before);

    AdvisoryFile after = publish(data, second);

    assertThat(List.of(after.record(0).id(), after.record(1).id())).containsExactly("A-1", "A-2");
    assertThat(after.sources()).extracting(Source::name).containsExactly("other", "test");
  }

  @Test
  void theNameOfAnEcosystemIsNeverAPath() {
    Path folder = data.resolve("advisories");

    for (String name :
        List.of("../../etc/passwd", "/etc/passwd", "..", ".", "a/b", "C:\\x", "Red Hat", "é")) {
      Path file = AdvisoryDatabase.file(folder, name).normalize();
      assertThat(file.getParent()).as(name).isEqualTo(folder);
      assertThat(file.getFileName().toString())
          .as(name)
          .endsWith(".advisories")
          .doesNotStartWith(".");
    }
  }
}
