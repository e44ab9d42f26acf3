// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpLogsTest {

  @TempDir private Path data;

  @Test
  void anEntryBecomesALogRecordWithTheNamesAndNumbersOfOtlp() throws IOException {
    Streams streams = new Streams(data);
    try (EvidenceLog log = streams.open(Streams.every(5, 1000))) {
      log.append(
          new Event(
              "decision",
              "guard",
              new Payload()
                  .text("decision", "deny")
                  .number("n", 3)
                  .node("d", new Node.Num("1.5", 1))
                  .flag("b", true)
                  .texts("argv", List.of("ls"))
                  .object()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OtlpLogs.write(StreamSource.of(streams.folder(), "guard"), out);

    Node root = Json.read(out.toByteArray(), Limits.SCAN);
    Node scope = root.items("resourceLogs").getFirst().items("scopeLogs").getFirst();
    assertThat(scope.items("logRecords")).hasSize(2);
    Node record = scope.items("logRecords").get(1);
    String hash = Stored.of(line(streams.lines(1).get(1))).entry().hash();
    String prev = Stored.of(line(streams.lines(1).get(1))).prev();
    assertThat(new String(CanonicalJson.of(record), UTF_8))
        .isEqualTo(
            "{\"attributes\":["
                + "{\"key\":\"redoubt.evidence.stream\",\"value\":{\"stringValue\":\"guard\"}},"
                + "{\"key\":\"redoubt.evidence.seq\",\"value\":{\"intValue\":\"2\"}},"
                + "{\"key\":\"redoubt.evidence.kind\",\"value\":{\"stringValue\":\"decision\"}},"
                + "{\"key\":\"redoubt.evidence.actor\",\"value\":{\"stringValue\":\"guard\"}},"
                + "{\"key\":\"redoubt.evidence.prev\",\"value\":{\"stringValue\":\""
                + prev
                + "\"}},"
                + "{\"key\":\"redoubt.evidence.hash\",\"value\":{\"stringValue\":\""
                + hash
                + "\"}}],\"body\":{\"kvlistValue\":{\"values\":["
                + "{\"key\":\"argv\",\"value\":{\"arrayValue\":{\"values\":[{\"stringValue\":\"ls\"}]}}},"
                + "{\"key\":\"b\",\"value\":{\"boolValue\":true}},"
                + "{\"key\":\"d\",\"value\":{\"doubleValue\":1.5}},"
                + "{\"key\":\"decision\",\"value\":{\"stringValue\":\"deny\"}},"
                + "{\"key\":\"n\",\"value\":{\"intValue\":\"3\"}}]}},"
                + "\"eventName\":\"redoubt.decision\","
                + "\"observedTimeUnixNano\":\"1795323600123456000\","
                + "\"severityNumber\":13,\"severityText\":\"WARN\","
                + "\"timeUnixNano\":\"1795323600123456000\"}");
  }

  private static Line line(String text) {
    try {
      byte[] bytes = text.getBytes(UTF_8);
      return Line.read(bytes, 0, bytes.length);
    } catch (Line.Malformed e) {
      throw new AssertionError(e);
    }
  }
}
