// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Component;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.testkit.NeedsSharedData;
import dev.redoubt.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The counts come from a script over the same files: lines of `require` with and without `//
/// indirect`, less those replaced by a folder, and one more for the standard library; hashes are
/// those of them that go.sum has a line for.
@NeedsSharedData
class GoProjectsTest {

  @ParameterizedTest
  @CsvSource({
    "agentgateway+agentgateway, 58, 179, 236",
    "anchore+grype-db, 26, 278, 303",
    "anchore+grype, 75, 260, 334",
    "aquasecurity+trivy, 129, 345, 473",
    "docker+mcp-gateway, 48, 154, 201",
    "google+osv-scanner, 31, 176, 206",
    "guacsec+guac, 91, 424, 514"
  })
  void realModulesAreCounted(String project, int direct, int indirect, int hashed)
      throws IOException {
    Path folder = SharedData.path("projects").resolve(project);
    Extraction extraction = extract(new GoModExtractor(), folder.resolve("go.mod"));
    List<Component> components = extraction.inventory().components();

    assertThat(extraction.gaps()).isEmpty();
    assertThat(components.stream().filter(it -> it.relation() == Relation.DIRECT)).hasSize(direct);
    assertThat(components.stream().filter(it -> it.relation() == Relation.TRANSITIVE))
        .hasSize(indirect);
    assertThat(components.stream().filter(it -> !it.hashes().isEmpty())).hasSize(hashed);
    assertThat(extract(new GoSumExtractor(), folder.resolve("go.sum"))).isEqualTo(Extraction.EMPTY);
  }

  private static Extraction extract(Extractor extractor, Path file) throws IOException {
    FileTree tree = FileTree.of(file.getParent(), ScanLimits.DEFAULT);
    FileEntry entry = new FileEntry(file.getFileName().toString(), Files.size(file));
    assertThat(extractor.wants(entry)).isTrue();
    return extractor.extract(tree.open(entry));
  }
}
