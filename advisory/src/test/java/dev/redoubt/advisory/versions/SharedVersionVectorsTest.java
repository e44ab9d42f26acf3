// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.NeedsSharedData;
import dev.redoubt.testkit.SharedData;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The vectors of the shared test data hold, but for the disputed ones that docs/versions.md names.
@NeedsSharedData
class SharedVersionVectorsTest {

  private static final List<String> ECOSYSTEMS =
      List.of(
          "alpine",
          "cran",
          "debian",
          "hackage",
          "maven",
          "nuget",
          "packagist",
          "pub",
          "pypi",
          "redhat",
          "rubygems",
          "semver");

  @Test
  void everyFileBelongsToAnEcosystemThatIsChecked() throws IOException {
    TreeSet<String> ecosystems = new TreeSet<>();
    files().forEach(file -> ecosystems.add(ecosystem(file)));

    assertThat(ecosystems).containsExactlyElementsOf(ECOSYSTEMS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alpine",
        "cran",
        "debian",
        "hackage",
        "maven",
        "nuget",
        "packagist",
        "pub",
        "pypi",
        "redhat",
        "rubygems",
        "semver"
      })
  void onlyDisputedStatementsFail(String ecosystem) throws IOException {
    VersionOrder order = VersionOrders.forEcosystem(ecosystem).orElseThrow();
    StringBuilder out = new StringBuilder();
    for (Path file : files()) {
      if (ecosystem(file).equals(ecosystem)) {
        try (Reader lines = Files.newBufferedReader(file)) {
          assertThat(VersionVectors.check(order, lines, out))
              .isInstanceOf(VersionVectors.Result.Checked.class);
        }
      }
    }

    List<String> failed =
        out.toString()
            .lines()
            .filter(line -> line.startsWith("line "))
            .map(line -> line.replaceAll("^line \\d+: |, got .$", ""))
            .toList();
    assertThat(failed).containsExactlyElementsOf(VersionsPage.disputed(ecosystem));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.path("versions"))) {
      return files
          .filter(file ->
              file.toString().endsWith("-versions.txt")
                  || file.toString().endsWith("-versions-generated.txt"))
          .sorted()
          .toList();
    }
  }

  private static String ecosystem(Path file) {
    return file.getFileName().toString().replaceFirst("-versions.*", "");
  }
}
