// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanEngine;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.ScanProgress;
import dev.redoubt.scan.engine.ScanResult;
import dev.redoubt.scan.extractors.BuiltInExtractors;
import dev.redoubt.scan.matchers.BuiltInMatchers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every rule must do.
///
/// Its samples are the folders `src/test/resources/<TestClass>/<case>/`: each is a small project
/// that is read by the real extractors. A line that holds `FINDING: <id>` must be reported, and no
/// other line may be.
public abstract class MatcherContract {

  /// Returns the rule under test.
  protected abstract Matcher matcher();

  @Test
  void theIdNamesTheClass() {
    String name = matcher().id().value().replace("-", "") + "Matcher";
    assertThat(matcher().getClass().getSimpleName()).isEqualToIgnoringCase(name);
  }

  @Test
  void itIsAmongTheRulesThatRun() {
    assertThat(BuiltInMatchers.all()).extracting(Matcher::id).contains(matcher().id());
  }

  @Test
  void itIsDocumentedInTheCatalogue() throws IOException {
    Path page =
        Path.of(System.getProperty("redoubt.root"))
            .resolve("docs/catalog/matchers/" + matcher().id() + ".md");
    assertThat(Files.readString(page, UTF_8)).contains("## Risk", "## Example", "## Fix");
  }

  @Test
  void nothingIsWrongWithAnEmptyInventory() {
    assertThat(matcher().match(Inventory.EMPTY)).isEqualTo(Matches.of(List.of()));
  }

  @TestFactory
  Stream<DynamicTest> exactlyTheMarkedLinesAreReported() throws IOException {
    Path samples = Path.of("src/test/resources").resolve(getClass().getSimpleName());
    List<Path> cases;
    try (Stream<Path> children = Files.list(samples)) {
      cases = children.filter(Files::isDirectory).sorted().toList();
    }
    assertThat(cases).isNotEmpty();
    return cases.stream()
        .map(sample -> dynamicTest(sample.getFileName().toString(), () -> matches(sample)));
  }

  private void matches(Path sample) throws IOException {
    List<Finding> findings = scan(sample);
    Set<Location> reported = new TreeSet<>();
    findings.forEach(finding -> reported.addAll(finding.locations()));

    assertThat(reported).as("%s", findings).isEqualTo(marked(sample));
    assertThat(findings)
        .allSatisfy(finding -> {
          assertThat(finding.identity().id()).isEqualTo(matcher().id().value());
          assertThat(finding.proof().evidence()).isNotEmpty();
        });
    assertThat(scan(sample)).as("same output twice").isEqualTo(findings);
  }

  private Set<Location> marked(Path sample) throws IOException {
    Set<Location> marked = new TreeSet<>();
    try (Stream<Path> files = Files.walk(sample)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        int number = 0;
        for (String line : Files.readString(file, UTF_8).lines().toList()) {
          number++;
          if (line.contains("FINDING: " + matcher().id())) {
            String path = sample.relativize(file).toString().replace('\\', '/');
            marked.add(new Location(path, number));
          }
        }
      }
    }
    return marked;
  }

  /// Returns what the rule under test has to say about the project at `root`.
  protected List<Finding> scan(Path root) {
    ScanEngine engine = new ScanEngine(BuiltInExtractors.all(), List.of(), List.of(matcher()));
    ScanResult result =
        engine.scan(List.of(FileTree.of(root, ScanLimits.DEFAULT)), ScanProgress.NONE);
    return result.findings();
  }
}
