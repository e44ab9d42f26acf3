// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.osv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.advisory.osv.OsvReader.Syntax;
import dev.redoubt.document.DocumentException;
import dev.redoubt.testkit.Hostile;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OsvReaderTest {

  @Test
  void aRecordKeepsWhatMatchingAndReportsNeed() throws Exception {
    String json =
        """
        {"schema_version": "1.7.0", "id": "X-1", "modified": "2026-01-02T03:04:05.5Z",
         "aliases": ["CVE-2026-1", "CVE-2026-1"], "summary": "First line\\nsecond",
         "details": "unused",
         "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
         "references": [{"type": "PACKAGE", "url": "https://p.example"},
                        {"type": "WEB", "url": "https://w.example"},
                        {"type": "ADVISORY", "url": "https://a.example"}],
         "database_specific": {"severity": "moderate"},
         "affected": [
           {"package": {"ecosystem": "AlmaLinux:8", "name": "koan"},
            "severity": [{"type": "CVSS_V2", "score": "AV:N/AC:L/Au:N/C:P/I:P/A:P"}],
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]},
                       {"type": "GIT", "repo": "https://r.example", "events": [{"introduced": "0"}]},
                       {"type": "NEW", "events": [{"introduced": "0"}]}],
            "versions": ["1", 2]},
           {"ranges": [{"type": "GIT", "repo": "https://r.example", "events": []}]}]}
        """;

    assertThat(read(json))
        .isEqualTo(
            new OsvRecord(
                new OsvRecord.Names("X-1", List.of("CVE-2026-1")),
                new OsvRecord.Life(Instant.parse("2026-01-02T03:04:05.5Z"), false),
                new OsvRecord.Text("First line", List.of("https://a.example", "https://w.example")),
                new OsvRecord.Assessment(
                    List.of("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), "MODERATE", false),
                List.of(
                    new Affected(
                        new Affected.Coordinate("AlmaLinux", "8", "koan"),
                        List.of(
                            new OsvRange(
                                OsvRange.Type.ECOSYSTEM,
                                List.of(
                                    new OsvRange.Event(OsvRange.Kind.INTRODUCED, "0"),
                                    new OsvRange.Event(OsvRange.Kind.FIXED, "2"))),
                            new OsvRange(OsvRange.Type.GIT, List.of()),
                            new OsvRange(OsvRange.Type.UNREADABLE, List.of())),
                        List.of("1", "2"),
                        List.of("AV:N/AC:L/Au:N/C:P/I:P/A:P")))));
  }

  @Test
  void yamlAndJsonGiveTheSameRecord() throws Exception {
    String yaml =
        """
        id: X-1
        modified: 2026-01-02T03:04:05Z
        affected:
          - package: {ecosystem: PyPI, name: a}
            ranges:
              - type: ECOSYSTEM
                events:
                  - introduced: "0"
                  - fixed: 1.10
        """;
    String json =
        """
        {"id": "X-1", "modified": "2026-01-02T03:04:05Z", "affected": [
          {"package": {"ecosystem": "PyPI", "name": "a"}, "ranges": [
            {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.10"}]}]}]}
        """;

    assertThat(OsvReader.read(yaml.getBytes(UTF_8), Syntax.YAML)).isEqualTo(read(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id': 'MAL-2026-1'}",
        "{'id': 'X-1', 'aliases': ['MAL-2026-1']}",
        "{'id': 'X-1', 'database_specific': {'malicious-packages-origins': []}}",
        "{'id': 'X-1', 'database_specific': {'leitwacht': {'category': 'malware'}}}",
        "{'id': 'X-1', 'database_specific': {'cwe_ids': ['CWE-506']}}",
        "{'id': 'X-1', 'affected': [{'database_specific': {'cwes': [{'cweId': 'CWE-506'}]}}]}",
      })
  void malicePackagesAreRecognisedWhoeverWroteTheRecord(String json) throws Exception {
    assertThat(read(json.replace('\'', '"')).assessment().malicious()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id': 'GHSA-MAL-1', 'aliases': ['CVE-2026-1']}",
        "{'id': 'X-1', 'database_specific': {'cwe_ids': ['CWE-79']}}",
        "{'id': 'X-1', 'summary': 'Malicious code in x'}",
      })
  void ordinaryRecordsAreNotMalicious(String json) throws Exception {
    assertThat(read(json.replace('\'', '"')).assessment().malicious()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'2026-01-01T00:00:00Z'", "'yesterday'", "true", "1"})
  void anythingSaidAboutAWithdrawalCounts(String value) throws Exception {
    String json = "{'id': 'X-1', 'withdrawn': %s}".formatted(value).replace('\'', '"');

    assertThat(read(json).life().withdrawn()).isTrue();
  }

  @Test
  void theNewestDateOfARecordIsItsAge() throws Exception {
    String json =
        """
        {"id": "X", "modified": "0001-01-01T00:00:00Z", "published": "2021-04-14T20:04:52Z",
         "withdrawn": "2022-01-01T00:00:00Z"}
        """;

    assertThat(read(json).life())
        .isEqualTo(new OsvRecord.Life(Instant.parse("2022-01-01T00:00:00Z"), true));
    assertThat(read("{\"id\": \"X\", \"modified\": \"soon\"}").life())
        .isEqualTo(new OsvRecord.Life(Instant.EPOCH, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "false", "''"})
  void sayingNothingAboutAWithdrawalDoesNot(String value) throws Exception {
    String json = "{'id': 'X-1', 'withdrawn': %s}".formatted(value).replace('\'', '"');

    assertThat(read(json).life().withdrawn()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{'id': ''}",
        "{'id': 7}",
        "{'id': 'X', 'affected': {}}",
        "{'id': 'X', 'affected': [{'package': {'name': 'a'}}]}",
        "{'id': 'X', 'affected': [{'package': {'ecosystem': 'npm'}}]}",
        "{'id': 'X', 'affected': [{'package': {'ecosystem': 'npm', 'name': 'a'}, 'versions': 1}]}",
        "{'id': 'X', 'affected': [{'package': {'ecosystem': 'npm', 'name': 'a'}, 'ranges': {}}]}",
        "{'id': 'X', 'affected': [{'package': {'ecosystem': 'npm', 'name': 'a'}, 'versions':"
            + " [[]]}]}",
      })
  void whatIsNoRecordIsRefused(String json) {
    assertThatThrownBy(() -> read(json.replace('\'', '"'))).isInstanceOf(DocumentException.class);
  }

  @Test
  void anEventOfAnUnknownKindMakesTheRangeUnreadable() throws Exception {
    String json =
        """
        {"id": "X", "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "ranges": [
          {"type": "SEMVER", "events": [{"introduced": "0"}, {"removed": "1"}]}]}]}
        """;

    assertThat(read(json).affected().getFirst().ranges())
        .containsExactly(new OsvRange(OsvRange.Type.UNREADABLE, List.of()));
  }

  @Test
  void hostileInputIsRefusedOrReadButNeverMore() {
    Hostile.inputs()
        .forEach((name, bytes) -> {
          for (Syntax syntax : Syntax.values()) {
            assertThatThrownBy(() -> OsvReader.read(bytes, syntax))
                .as("%s as %s", name, syntax)
                .isInstanceOf(DocumentException.class);
          }
        });
  }

  private static OsvRecord read(String json) throws DocumentException {
    return OsvReader.read(json.getBytes(UTF_8), Syntax.JSON);
  }
}
