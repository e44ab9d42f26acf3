// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.thresholds.Ignored;
import dev.redoubt.scan.thresholds.Judgement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/// The rules of the SARIF report: one for each identity, sorted.
final class SarifRules {

  private static final int LONGEST_TITLE = 1000;

  private final TreeMap<String, List<Finding>> byId = new TreeMap<>();
  private final Map<String, Integer> indexes = new TreeMap<>();

  SarifRules(Judgement judgement) {
    Stream.concat(judgement.findings().stream(), judgement.ignored().stream().map(Ignored::ranked))
        .map(ranked -> ranked.finding())
        .forEach(finding ->
            byId.computeIfAbsent(finding.identity().id(), _ -> new ArrayList<>()).add(finding));
    byId.keySet().forEach(id -> indexes.put(id, indexes.size()));
  }

  /// Returns where the rule called `id` stands in the list.
  int indexOf(String id) {
    return indexes.getOrDefault(id, -1);
  }

  void write(JsonGenerator json) {
    json.writeArrayPropertyStart("rules");
    byId.forEach((id, findings) -> rule(json, id, findings));
    json.writeEndArray();
  }

  /// Returns how loud a viewer is: an unknown severity is a warning, never a note.
  static String level(Finding finding) {
    return switch (Words.severity(finding)) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM, UNKNOWN -> "warning";
      case LOW -> "note";
    };
  }

  private static void rule(JsonGenerator json, String id, List<Finding> findings) {
    Finding worst = findings.stream().min(Comparator.comparing(Words::severity)).orElseThrow();
    json.writeStartObject();
    json.writeStringProperty("id", id);
    json.writeStringProperty("name", name(worst.kind()));
    SarifText.write(json, "shortDescription", title(worst));
    SarifText.write(json, "fullDescription", title(worst));
    help(json, worst, findings);
    AdvisoryLink.of(worst).ifPresent(link -> json.writeStringProperty("helpUri", link));
    json.writeObjectPropertyStart("defaultConfiguration");
    json.writeStringProperty("level", level(worst));
    json.writeEndObject();
    json.writeObjectPropertyStart("properties");
    json.writeArrayPropertyStart("tags");
    json.writeString("security");
    json.writeString(Words.of(worst.kind()));
    json.writeEndArray();
    json.writeStringProperty("precision", "high");
    securitySeverity(findings)
        .ifPresent(score -> json.writeStringProperty("security-severity", score));
    JsonInventory.strings(json, "aliases", aliases(findings));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void help(JsonGenerator json, Finding worst, List<Finding> findings) {
    List<String> lines = new ArrayList<>();
    lines.add(worst.proof().summary());
    lines.add(whatToDo(worst));
    List<String> aliases = aliases(findings);
    if (!aliases.isEmpty()) {
      lines.add("Also known as " + String.join(", ", aliases) + ".");
    }
    json.writeObjectPropertyStart("help");
    json.writeStringProperty(
        "text", lines.stream().map(SarifText::literal).collect(Collectors.joining("\n\n")));
    json.writeStringProperty(
        "markdown", lines.stream().map(MarkdownText::plain).collect(Collectors.joining("\n\n")));
    json.writeEndObject();
  }

  private static String whatToDo(Finding finding) {
    return switch (finding.kind()) {
      case MALICIOUS ->
          "Remove the package, then treat every credential and machine it ran with as taken.";
      case ADVISORY ->
          "Update the package to a version that is not affected; the result names the smallest one"
              + " when there is one.";
      case MCP -> "Change the entry of the server in the agent's configuration.";
      case INSTRUCTION -> "Read the file as the agent does, and take out what it must not obey.";
    };
  }

  private static List<String> aliases(List<Finding> findings) {
    return List.copyOf(
        findings.stream()
            .flatMap(finding -> finding.identity().aliases().stream())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static String name(Finding.Kind kind) {
    return switch (kind) {
      case ADVISORY -> "VulnerablePackage";
      case MALICIOUS -> "MaliciousPackage";
      case MCP -> "UnsafeMcpServer";
      case INSTRUCTION -> "UnsafeInstructions";
    };
  }

  private static String title(Finding finding) {
    return Words.shortened(finding.proof().summary(), LONGEST_TITLE);
  }

  /* The number dashboards sort by. Without a score it is a number inside the band, without a band
  there is none: a made-up low number would hide the finding. */
  private static Optional<String> securitySeverity(List<Finding> findings) {
    return findings.stream()
        .flatMap(finding -> number(finding).stream())
        .max(Comparator.naturalOrder())
        .map(number -> String.format(Locale.ROOT, "%.1f", number));
  }

  private static Optional<Double> number(Finding finding) {
    if (finding.kind() == Finding.Kind.MALICIOUS) {
      return Optional.of(10.0);
    }
    Double score = finding.rating().score();
    if (score != null) {
      return Optional.of(score);
    }
    Severity severity = finding.rating().severity();
    return switch (severity) {
      case CRITICAL -> Optional.of(9.5);
      case HIGH -> Optional.of(8.0);
      case MEDIUM -> Optional.of(5.5);
      case LOW -> Optional.of(2.0);
      case UNKNOWN -> Optional.empty();
    };
  }
}
