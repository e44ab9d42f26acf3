// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import dev.redoubt.document.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/* The JSON of OTLP: names in lowerCamelCase, 64-bit numbers as decimal texts, enums as numbers.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding; the fields are those of
 * opentelemetry/proto/logs/v1/logs.proto in https://github.com/open-telemetry/opentelemetry-proto */
/// Writes entries as OpenTelemetry logs in OTLP/JSON: one export request to a line, as the file
/// exporter of OpenTelemetry does and as `/v1/logs` takes each.
public final class OtlpLogs {

  private static final int RECORDS_A_REQUEST = 500;
  private static final int INFO = 9;
  private static final int WARN = 13;

  /* Collectors take some 20 MB; payloads grow threefold on the way. */
  private static final int PAYLOADS_A_REQUEST = 2 << 20;

  private final String stream;
  private final Requests requests;
  private final List<Node> records = new ArrayList<>();
  private int payloads;

  private OtlpLogs(String stream, Requests requests) {
    this.stream = stream;
    this.requests = requests;
  }

  /// Takes export requests one by one.
  public interface Requests {

    /// Takes one export request.
    ///
    /// @param json canonical JSON in UTF-8, without a line break
    /// @param records how many log records are in it
    void take(byte[] json, int records) throws IOException;
  }

  /// Writes the entries of `source` to `out`, checkpoints left out.
  ///
  /// @return the malformed entry at which it ended, if there is one
  public static Optional<Broken> write(StreamSource source, OutputStream out) throws IOException {
    return write(
        source,
        (json, _) -> {
          out.write(json);
          out.write('\n');
        });
  }

  /// Gives the entries of `source` to `requests`, checkpoints left out.
  ///
  /// @return the malformed entry at which it ended, if there is one
  public static Optional<Broken> write(StreamSource source, Requests requests) throws IOException {
    OtlpLogs logs = new OtlpLogs(source.stream().orElse(""), requests);
    Optional<Broken> broken =
        EntryReader.read(
            source,
            entry -> {
              if (!entry.entry().kind().equals(Checkpoint.KIND)) {
                logs.add(entry);
              }
              return true;
            });
    logs.flush();
    return broken;
  }

  private void add(Stored entry) throws IOException {
    records.add(record(stream, entry));
    payloads += entry.payload().length();
    if (records.size() == RECORDS_A_REQUEST || payloads >= PAYLOADS_A_REQUEST) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (records.isEmpty()) {
      return;
    }
    Node scope =
        new Payload()
            .node("scope", new Payload().text("name", "dev.redoubt.evidence").object())
            .node("logRecords", list(records))
            .object();
    Node resource =
        new Payload()
            .node(
                "resource",
                new Payload()
                    .node("attributes", list(List.of(pair("service.name", text("redoubt")))))
                    .object())
            .node("scopeLogs", list(List.of(scope)))
            .object();
    Node request = new Payload().node("resourceLogs", list(List.of(resource))).object();
    requests.take(CanonicalJson.of(request), records.size());
    records.clear();
    payloads = 0;
  }

  private static Node record(String stream, Stored stored) {
    Entry entry = stored.entry();
    Node payload = stored.tree();
    boolean warns =
        payload.text("decision").orElse("").equals("deny")
            || entry.kind().equals("recovery")
            || entry.kind().equals("clock");
    String nanos = ChronoUnit.MICROS.between(Instant.EPOCH, entry.time()) + "000";
    return new Payload()
        .text("timeUnixNano", nanos)
        .text("observedTimeUnixNano", nanos)
        .number("severityNumber", warns ? WARN : INFO)
        .text("severityText", warns ? "WARN" : "INFO")
        .text("eventName", "redoubt." + entry.kind())
        .node("body", any(payload))
        .node(
            "attributes",
            list(
                List.of(
                    pair("redoubt.evidence.stream", text(stream)),
                    pair("redoubt.evidence.seq", whole(Long.toString(entry.seq()))),
                    pair("redoubt.evidence.kind", text(entry.kind())),
                    pair("redoubt.evidence.actor", text(entry.actor())),
                    pair("redoubt.evidence.prev", text(stored.prev())),
                    pair("redoubt.evidence.hash", text(entry.hash())))))
        .object();
  }

  private static Node any(Node value) {
    return switch (value) {
      case Node.Obj(Map<String, Node> fields, int _) -> {
        List<Node> pairs = new ArrayList<>();
        fields.forEach((key, field) -> pairs.add(pair(key, any(field))));
        yield values("kvlistValue", pairs);
      }
      case Node.Arr(List<Node> items, int _) ->
          values("arrayValue", items.stream().map(OtlpLogs::any).toList());
      case Node.Text(String text, int _) -> text(text);
      case Node.Num(String literal, int _) -> number(literal);
      case Node.Bool bool -> new Payload().node("boolValue", bool).object();
      case Node.Nothing _ -> new Payload().object();
    };
  }

  private static Node number(String literal) {
    try {
      return whole(Long.toString(Long.parseLong(literal)));
    } catch (NumberFormatException e) {
      return new Payload().node("doubleValue", new Node.Num(literal, 1)).object();
    }
  }

  private static Node whole(String digits) {
    return new Payload().text("intValue", digits).object();
  }

  private static Node text(String text) {
    return new Payload().text("stringValue", text).object();
  }

  private static Node pair(String key, Node value) {
    return new Payload().text("key", key).node("value", value).object();
  }

  private static Node values(String kind, List<Node> values) {
    return new Payload().node(kind, new Payload().node("values", list(values)).object()).object();
  }

  private static Node list(List<Node> items) {
    return new Node.Arr(items, 1);
  }
}
