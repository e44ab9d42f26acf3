// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.osv;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads one document of the OSV schema, versions 1.0 to 1.7.
///
/// Unknown fields are ignored. A record needs an `id` and objects where the schema has objects; a
/// range of an unknown kind is kept as [OsvRange.Type#UNREADABLE], so that it is never mistaken for
/// "not affected". At most 16 MB, 64 levels and a million values per document.
public final class OsvReader {

  /// The largest document that is read.
  public static final Limits LIMITS = new Limits(16L << 20, 64, 1_000_000);

  private static final int MAX_SUMMARY = 240;
  private static final int MAX_REFERENCES = 3;
  private static final int MAX_NAME = 1_000;

  /* CWE-506 "embedded malicious code" and its children. */
  private static final Set<String> MALICIOUS_CODE =
      Set.of("CWE-506", "CWE-507", "CWE-508", "CWE-509", "CWE-510", "CWE-511", "CWE-512");

  /* Fields that only databases of malicious packages write. */
  private static final Set<String> MALICIOUS_SOURCES =
      Set.of("malicious-packages-origins", "leitwacht");

  private OsvReader() {}

  /// The syntax of a document.
  public enum Syntax {
    JSON,
    YAML
  }

  /// Returns the record in `document`.
  ///
  /// @throws DocumentException if it is malformed, over a limit or no OSV record
  public static OsvRecord read(byte[] document, Syntax syntax) throws DocumentException {
    return record(
        switch (syntax) {
          case JSON -> Json.read(document, LIMITS);
          case YAML -> Yaml.read(document, LIMITS);
        });
  }

  private static OsvRecord record(Node root) throws DocumentException {
    if (!(root instanceof Node.Obj)) {
      throw broken(root, "is no OSV record: the document is not an object");
    }
    String id = root.text("id").orElse("");
    if (id.isBlank() || id.length() > MAX_NAME) {
      throw broken(root, "is no OSV record: it has no usable \"id\"");
    }
    List<Affected> affected = new ArrayList<>();
    for (Node part : list(root, "affected")) {
      if (part.get("package").orElse(null) instanceof Node.Obj named) {
        affected.add(affected(part, named));
      }
    }
    List<String> aliases = texts(root, "aliases");
    return new OsvRecord(
        new OsvRecord.Names(id, aliases),
        new OsvRecord.Life(modified(root), isWithdrawn(root)),
        new OsvRecord.Text(summary(root), references(root)),
        new OsvRecord.Assessment(vectors(root), label(root), isMalicious(root, id, aliases)),
        affected);
  }

  private static Affected affected(Node part, Node named) throws DocumentException {
    String ecosystem = named.text("ecosystem").orElse("");
    String name = named.text("name").orElse("");
    if (ecosystem.isBlank() || name.isBlank()) {
      throw broken(named, "an affected package has no ecosystem or no name");
    }
    if (ecosystem.length() > MAX_NAME || name.length() > MAX_NAME) {
      throw broken(named, "an affected package has a name of over 1,000 characters");
    }
    int colon = ecosystem.indexOf(':');
    List<OsvRange> ranges = new ArrayList<>();
    for (Node range : list(part, "ranges")) {
      ranges.add(range(range));
    }
    return new Affected(
        new Affected.Coordinate(
            colon < 0 ? ecosystem : ecosystem.substring(0, colon),
            colon < 0 ? "" : ecosystem.substring(colon + 1),
            name),
        ranges,
        scalars(part, "versions"),
        vectors(part));
  }

  private static OsvRange range(Node range) {
    OsvRange.Type type =
        switch (range.text("type").orElse("")) {
          case "SEMVER" -> OsvRange.Type.SEMVER;
          case "ECOSYSTEM" -> OsvRange.Type.ECOSYSTEM;
          case "GIT" -> OsvRange.Type.GIT;
          default -> OsvRange.Type.UNREADABLE;
        };
    if (type == OsvRange.Type.GIT || type == OsvRange.Type.UNREADABLE) {
      return new OsvRange(type, List.of());
    }
    List<OsvRange.Event> events = new ArrayList<>();
    for (Node event : range.items("events")) {
      int before = events.size();
      for (Map.Entry<String, Node> field : event.fields().entrySet()) {
        addEvent(events, field.getKey(), field.getValue());
      }
      if (events.size() == before) {
        return new OsvRange(OsvRange.Type.UNREADABLE, List.of());
      }
    }
    return events.isEmpty()
        ? new OsvRange(OsvRange.Type.UNREADABLE, List.of())
        : new OsvRange(type, events);
  }

  private static void addEvent(List<OsvRange.Event> events, String field, Node value) {
    String version = value.scalar().orElse("");
    if (version.isEmpty()) {
      return;
    }
    switch (field) {
      case "introduced" -> events.add(new OsvRange.Event(OsvRange.Kind.INTRODUCED, version));
      case "fixed" -> events.add(new OsvRange.Event(OsvRange.Kind.FIXED, version));
      case "last_affected" -> events.add(new OsvRange.Event(OsvRange.Kind.LAST_AFFECTED, version));
      case "limit" -> events.add(new OsvRange.Event(OsvRange.Kind.LIMIT, version));
      default -> {
        // Not an event of the schema; an object with nothing else makes the range unreadable.
      }
    }
  }

  /* Some databases write a year 1 into "modified", so the newest of the three dates counts. */
  private static Instant modified(Node root) {
    Instant newest = Instant.EPOCH;
    for (String field : List.of("modified", "published", "withdrawn")) {
      try {
        Instant date = Instant.parse(root.text(field).orElse(""));
        newest = date.isAfter(newest) ? date : newest;
      } catch (DateTimeParseException e) {
        // A date that cannot be read says nothing.
      }
    }
    return newest;
  }

  /* Any value but null or false counts, so that a date nobody can parse does not revive a record. */
  private static boolean isWithdrawn(Node root) {
    return switch (root.get("withdrawn").orElse(new Node.Nothing(1))) {
      case Node.Nothing _ -> false;
      case Node.Bool(boolean value, int _) -> value;
      case Node.Text(String value, int _) -> !value.isBlank();
      case Node.Num _, Node.Obj _, Node.Arr _ -> true;
    };
  }

  private static String summary(Node root) {
    String summary = root.text("summary").orElse("").strip();
    if (summary.isEmpty()) {
      summary = root.text("details").orElse("").strip();
    }
    String line = summary.lines().findFirst().orElse("").strip();
    if (line.length() <= MAX_SUMMARY) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(MAX_SUMMARY - 2)) ? 2 : 1;
    return line.substring(0, MAX_SUMMARY - end) + "…";
  }

  private static List<String> references(Node root) {
    List<String> first = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (Node reference : root.items("references")) {
      String url = reference.text("url").orElse("");
      switch (reference.text("type").orElse("")) {
        case "PACKAGE" -> {
          // The page of the package says nothing about the weakness.
        }
        case "ADVISORY", "REPORT" -> first.add(url);
        default -> rest.add(url);
      }
    }
    first.addAll(rest);
    return first.stream()
        .filter(url -> !url.isBlank() && url.length() <= MAX_NAME)
        .distinct()
        .limit(MAX_REFERENCES)
        .toList();
  }

  private static List<String> vectors(Node holder) {
    List<String> vectors = new ArrayList<>();
    for (Node severity : holder.items("severity")) {
      String score = severity.text("score").orElse("");
      if (severity.text("type").orElse("").startsWith("CVSS_") && score.length() <= MAX_NAME) {
        vectors.add(score);
      }
    }
    return vectors;
  }

  private static String label(Node root) {
    List<String> labels = new ArrayList<>();
    addLabels(labels, root);
    for (Node part : root.items("affected")) {
      addLabels(labels, part);
    }
    return labels.isEmpty() ? "" : labels.getFirst().toUpperCase(Locale.ROOT);
  }

  private static void addLabels(List<String> labels, Node holder) {
    for (String place : List.of("database_specific", "ecosystem_specific")) {
      holder
          .get(place)
          .flatMap(specific -> specific.text("severity"))
          .filter(label -> label.length() <= 20)
          .ifPresent(labels::add);
    }
    for (Node severity : holder.items("severity")) {
      if (!severity.text("type").orElse("").startsWith("CVSS_")) {
        severity.text("score").filter(label -> label.length() <= 20).ifPresent(labels::add);
      }
    }
  }

  private static boolean isMalicious(Node root, String id, List<String> aliases) {
    if (id.startsWith("MAL-") || aliases.stream().anyMatch(alias -> alias.startsWith("MAL-"))) {
      return true;
    }
    Map<String, Node> specific = root.fields("database_specific");
    if (specific.keySet().stream().anyMatch(MALICIOUS_SOURCES::contains) || hasMaliceCwe(root)) {
      return true;
    }
    return root.items("affected").stream().anyMatch(OsvReader::hasMaliceCwe);
  }

  private static boolean hasMaliceCwe(Node holder) {
    Node specific = holder.get("database_specific").orElse(new Node.Nothing(1));
    for (String field : List.of("cwes", "cwe_ids")) {
      for (Node cwe : specific.items(field)) {
        String id = cwe.text("cweId").or(cwe::scalar).orElse("");
        if (MALICIOUS_CODE.contains(id)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Node> list(Node holder, String field) throws DocumentException {
    return switch (holder.get(field).orElse(new Node.Nothing(1))) {
      case Node.Nothing _ -> List.of();
      case Node.Arr(List<Node> items, int _) -> items;
      case Node other -> throw broken(other, "\"%s\" is not a list".formatted(field));
    };
  }

  private static List<String> texts(Node holder, String field) {
    return holder.items(field).stream()
        .flatMap(item -> item.scalar().stream())
        .filter(text -> !text.isBlank() && text.length() <= MAX_NAME)
        .distinct()
        .toList();
  }

  private static List<String> scalars(Node holder, String field) throws DocumentException {
    List<String> versions = new ArrayList<>();
    for (Node item : list(holder, field)) {
      versions.add(
          item.scalar()
              .orElseThrow(() -> broken(item, "\"%s\" holds something else".formatted(field))));
    }
    return versions;
  }

  private static DocumentException broken(Node at, String reason) {
    return new DocumentException(at.line(), reason, "correct the record, or leave it out");
  }
}
