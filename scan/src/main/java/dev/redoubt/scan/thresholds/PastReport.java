// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Purl;
import dev.redoubt.scan.reach.RankedFinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The findings of an earlier report, read from its JSON: a baseline, or the last scan of the same
/// target.
public final class PastReport {

  private final Map<String, List<Past>> bySubject;

  private PastReport(Map<String, List<Past>> bySubject) {
    this.bySubject = bySubject;
  }

  /// What changed between an earlier report and now.
  ///
  /// @param added findings that were not there
  /// @param fixed descriptions of findings that are gone although every file they were in was read
  ///   again
  /// @param unseen how many are gone while a file they were in was not read again
  /// @param unchanged how many are still there
  public record Difference(
      List<RankedFinding> added, List<String> fixed, int unseen, int unchanged) {
    public Difference {
      added = List.copyOf(added);
      fixed = List.copyOf(fixed);
    }
  }

  private record Past(FindingKey key, String title, Set<String> paths) {}

  /// Returns the findings of a report in Redoubt's JSON format.
  ///
  /// @throws DocumentException if it is not such a report
  public static PastReport read(byte[] json) throws DocumentException {
    Node root = Json.read(json, Limits.SCAN);
    if (root.text("schemaVersion").isEmpty() || root.get("findings").isEmpty()) {
      throw new DocumentException(
          1, "is not a JSON report of redoubt scan", "make one with redoubt scan -f json -o FILE");
    }
    Map<String, List<Past>> bySubject = new HashMap<>();
    for (Node finding : root.items("findings")) {
      Past past = past(finding);
      bySubject.computeIfAbsent(past.key.subject(), _ -> new ArrayList<>()).add(past);
    }
    return new PastReport(bySubject);
  }

  /// Returns whether the earlier report has `finding`, at whatever version.
  public boolean has(Finding finding) {
    FindingKey key = FindingKey.of(finding);
    return bySubject.getOrDefault(key.subject(), List.of()).stream()
        .anyMatch(past -> past.key.isSameAs(key));
  }

  /// Returns what changed until now.
  ///
  /// @param now the findings of this scan, those that do not count included
  /// @param read the files that were read in this scan
  public Difference until(List<RankedFinding> now, Set<String> read) {
    List<RankedFinding> added = now.stream().filter(ranked -> !has(ranked.finding())).toList();
    Map<String, List<FindingKey>> present = new HashMap<>();
    for (RankedFinding ranked : now) {
      FindingKey key = FindingKey.of(ranked.finding());
      present.computeIfAbsent(key.subject(), _ -> new ArrayList<>()).add(key);
    }
    List<String> fixed = new ArrayList<>();
    int unseen = 0;
    int unchanged = 0;
    for (List<Past> pasts : bySubject.values()) {
      for (Past past : pasts) {
        if (present.getOrDefault(past.key.subject(), List.of()).stream()
            .anyMatch(past.key::isSameAs)) {
          unchanged++;
        } else if (read.containsAll(past.paths)) {
          fixed.add(past.title);
        } else {
          unseen++;
        }
      }
    }
    fixed.sort(null);
    return new Difference(added, fixed, unseen, unchanged);
  }

  private static Past past(Node finding) {
    Set<String> names = new HashSet<>();
    finding.text("id").ifPresent(names::add);
    finding.items("aliases").forEach(alias -> alias.scalar().ifPresent(names::add));
    Set<String> paths = new HashSet<>();
    for (Node location : finding.items("locations")) {
      location.text("path").ifPresent(paths::add);
    }
    String path = paths.stream().sorted().findFirst().orElse("");
    String subject =
        finding
            .text("component")
            .map(PastReport::packageOf)
            .or(() -> finding.text("server").map(server -> server + " in " + path))
            .orElse(path);
    String title =
        "%s %s"
            .formatted(
                finding.text("id").orElse("?"),
                finding.text("component").or(() -> finding.text("server")).orElse(path));
    return new Past(new FindingKey(finding.text("kind").orElse(""), subject, names), title, paths);
  }

  private static String packageOf(String text) {
    try {
      return FindingKey.withoutVersion(Purl.parse(text));
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
