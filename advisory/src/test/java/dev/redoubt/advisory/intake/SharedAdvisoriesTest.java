// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.AdvisoryFile;
import dev.redoubt.advisory.database.EcosystemAdvisories;
import dev.redoubt.advisory.database.Lookup;
import dev.redoubt.advisory.database.PackageCoordinate;
import dev.redoubt.advisory.versions.VersionOrder;
import dev.redoubt.advisory.versions.VersionOrders;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.testkit.NeedsSharedData;
import dev.redoubt.testkit.Seeded;
import dev.redoubt.testkit.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real exports: counts against the README of the data, answers against a second evaluator that
/// reads the JSON itself, knows nothing of the compiled file and follows the schema's own words.
@NeedsSharedData
class SharedAdvisoriesTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);

  @TempDir static Path data;

  private static ImportReport report;

  @BeforeAll
  static void importEverything() {
    report =
        new AdvisoryImport(data, CLOCK, Bounds.IMPORT, ImportProgress.NONE)
            .run(AdvisoryImport.Request.of(SharedData.path("osv")));
  }

  @Test
  void everyRecordOfEveryExportIsRead() {
    assertThat(report.records())
        .isEqualTo(25_695 + 16_287 + 5_637 + 4_299 + 1_208 + 815 + 746 + 591 + 101 + 1);
    assertThat(report.rejected().count()).isZero();
    assertThat(report.withoutPackage()).isZero();
    Map<String, Integer> counts = new TreeMap<>();
    report
        .ecosystems()
        .forEach(published -> counts.put(published.ecosystem(), published.records()));
    assertThat(counts)
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "npm",
                    25_695,
                    "PyPI",
                    16_287,
                    "AlmaLinux",
                    5_637,
                    "Go",
                    4_299,
                    "crates.io",
                    1_208,
                    "RubyGems",
                    815,
                    "NuGet",
                    746,
                    "Packagist",
                    591,
                    "Hex",
                    101,
                    "Maven",
                    1)));
  }

  @Test
  void everyFileVerifiesAndTheLargeOnesAreATenthOfTheirJson() throws Exception {
    for (Path path : AdvisoryDatabase.files(AdvisoryDatabase.folder(data))) {
      AdvisoryFile.open(path).verify();
    }
    for (String ecosystem : List.of("npm", "PyPI", "AlmaLinux")) {
      long json = 0;
      try (ZipFile zip = new ZipFile(export(ecosystem).toFile())) {
        json = zip.stream().mapToLong(ZipEntry::getSize).sum();
      }
      assertThat(Files.size(AdvisoryDatabase.file(AdvisoryDatabase.folder(data), ecosystem)))
          .as(ecosystem)
          .isLessThan(json / 10);
    }
  }

  @Test
  void compiledAnswersEqualThoseOfANaiveEvaluatorOverTheJson() throws Exception {
    for (String ecosystem :
        List.of(
            "npm",
            "PyPI",
            "Go",
            "crates.io",
            "AlmaLinux",
            "Packagist",
            "Hex",
            "NuGet",
            "RubyGems",
            "Maven")) {
      Naive naive = new Naive(ecosystem);
      EcosystemAdvisories compiled = AdvisoryDatabase.open(data).ecosystem(ecosystem).orElseThrow();
      List<String> names = List.copyOf(naive.parts.keySet());
      Seeded.check(
          Math.min(400, 4 * names.size()),
          random -> {
            String key = Seeded.pick(random, names);
            String version = Seeded.pick(random, naive.interestingVersions(key));
            String[] releaseAndName = key.split("\t", 2);
            Lookup lookup =
                compiled.match(
                    new PackageCoordinate(
                        ecosystem, releaseAndName[0], releaseAndName[1], version));
            TreeSet<String> matched = new TreeSet<>();
            lookup.matches().forEach(match -> matched.addAll(match.records()));
            assertThat(matched)
                .as("%s %s %s", ecosystem, key, version)
                .isEqualTo(naive.affectedBy(key, version));
            lookup
                .matches()
                .forEach(match -> {
                  String fixed = match.proof().fixed();
                  if (fixed != null) {
                    assertThat(naive.order.compare(fixed, version)).isPositive();
                    assertThat(naive.affectedBy(key, fixed))
                        .doesNotContainAnyElementsOf(match.records());
                  }
                });
          });
    }
  }

  private static Path export(String ecosystem) {
    return SharedData.path("osv/" + ecosystem + "/all.zip");
  }

  /// The evaluation of the OSV schema, word for word, over the JSON.
  private static final class Naive {

    /* By release and lower-case name, with a tab between. */
    final Map<String, List<Part>> parts = new HashMap<>();
    final VersionOrder order;

    record Part(String id, boolean withdrawn, Node affected) {}

    Naive(String ecosystem) throws IOException {
      order = VersionOrders.forEcosystem(ecosystem).orElseThrow();
      try (ZipFile zip = new ZipFile(export(ecosystem).toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          try (InputStream in = zip.getInputStream(entry)) {
            Node record = Json.read(in.readAllBytes(), Limits.SCAN);
            for (Node affected : record.items("affected")) {
              Node named = affected.get("package").orElse(null);
              if (named == null) {
                continue;
              }
              String[] key = named.text("ecosystem").orElseThrow().split(":", 2);
              if (!key[0].equals(ecosystem)) {
                continue;
              }
              boolean exact =
                  ecosystem.equals("RubyGems")
                      || ecosystem.equals("Maven")
                      || ecosystem.equals("AlmaLinux");
              String written = named.text("name").orElseThrow();
              String name = exact ? written : written.toLowerCase(Locale.ROOT);
              if (ecosystem.equals("PyPI")) {
                name = name.replaceAll("[-_.]+", "-");
              }
              if (ecosystem.equals("crates.io")) {
                name = name.replace('_', '-');
              }
              String release = key.length == 1 || key[1].startsWith("http") ? "" : key[1];
              parts
                  .computeIfAbsent(release + "\t" + name, _ -> new ArrayList<>())
                  .add(
                      new Part(
                          record.text("id").orElseThrow(),
                          record.text("withdrawn").isPresent(),
                          affected));
            }
          }
        }
      }
    }

    Set<String> affectedBy(String key, String version) {
      TreeSet<String> ids = new TreeSet<>();
      for (Part part : parts.get(key)) {
        if (!part.withdrawn && isAffected(part.affected, version)) {
          ids.add(part.id);
        }
      }
      return ids;
    }

    List<String> interestingVersions(String key) {
      TreeSet<String> versions = new TreeSet<>(List.of("0.0.1", "1.0.0", "2.5.3", "99.0.0"));
      for (Part part : parts.get(key)) {
        part.affected
            .items("versions")
            .forEach(version -> versions.add(version.scalar().orElseThrow()));
        for (Node range : part.affected.items("ranges")) {
          if (range.text("type").orElse("").equals("GIT")) {
            continue;
          }
          for (Node event : range.items("events")) {
            event
                .fields()
                .values()
                .forEach(version -> versions.add(version.scalar().orElseThrow()));
          }
        }
      }
      return List.copyOf(versions);
    }

    private boolean isAffected(Node affected, String version) {
      for (Node listed : affected.items("versions")) {
        if (order.compare(listed.scalar().orElseThrow(), version) == 0) {
          return true;
        }
      }
      return affected.items("ranges").stream()
          .filter(range -> !range.text("type").orElse("").equals("GIT"))
          .anyMatch(range -> isWithin(range, version));
    }

    /* In the manner of the pseudocode of the schema: the last event at or below the version decides,
     * last_affected taking effect just above its version. */
    private boolean isWithin(Node range, String version) {
      List<Map.Entry<String, Node>> events = new ArrayList<>();
      range.items("events").forEach(event -> events.addAll(event.fields().entrySet()));
      events.sort((a, b) -> {
        boolean aStart = isStart(a);
        boolean bStart = isStart(b);
        return aStart || bStart
            ? Boolean.compare(bStart, aStart)
            : order.compare(
                a.getValue().scalar().orElseThrow(), b.getValue().scalar().orElseThrow());
      });
      boolean vulnerable = false;
      for (Map.Entry<String, Node> event : events) {
        int compared =
            isStart(event) ? 1 : order.compare(version, event.getValue().scalar().orElseThrow());
        if (event.getKey().equals("introduced") && compared >= 0) {
          vulnerable = true;
        } else if (event.getKey().equals("fixed") && compared >= 0) {
          vulnerable = false;
        } else if (event.getKey().equals("last_affected") && compared > 0) {
          vulnerable = false;
        }
      }
      return vulnerable;
    }

    private static boolean isStart(Map.Entry<String, Node> event) {
      return event.getKey().equals("introduced")
          && event.getValue().scalar().orElse("").equals("0");
    }
  }
}
