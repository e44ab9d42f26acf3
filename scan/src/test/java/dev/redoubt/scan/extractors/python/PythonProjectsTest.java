// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Component;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The counts were made by a script over the same files, with another TOML reader and its own walk
/// of the dependencies: distinct packages, those the project asks for, those of each scope, and
/// distinct hashes of a package.
@NeedsSharedData
class PythonProjectsTest {

  private static final List<Extractor> EXTRACTORS =
      List.of(
          new PdmLockExtractor(),
          new PipRequirementsExtractor(),
          new PipfileLockExtractor(),
          new PoetryLockExtractor(),
          new PylockExtractor(),
          new PyprojectExtractor(),
          new UvLockExtractor());

  @ParameterizedTest
  @CsvSource({
    "CycloneDX+cdxgen/test/data/Pipfile.lock, 39, 0, 9, 0, 30, 113",
    "GenAI-Security-Project+aibom-generator/requirements.txt, 76, 19, 76, 0, 0, 0",
    "IBM+mcp-context-forge/uv.lock, 343, 134, 95, 63, 185, 2233",
    "OpenHands+OpenHands/openhands-cli/uv.lock, 353, 16, 315, 0, 38, 2437",
    "OpenHands+OpenHands/poetry.lock, 647, 0, 520, 9, 118, 5809",
    "agentgateway+agentgateway/examples/traffic-a2a/strands-agents/uv.lock, 96, 2, 96, 0, 0, 1747",
    "anchore+syft/syft/pkg/cataloger/python/testdata/pdm-lock-separate-files/pdm.lock, 57, 0, 0, 0,"
        + " 0, 394",
    "anchore+syft/syft/pkg/cataloger/python/testdata/pdm-lock/pdm.lock, 10, 0, 2, 0, 0, 20",
    "anchore+syft/syft/pkg/cataloger/python/testdata/poetry/nested-extras/poetry.lock, 39, 0, 0, 0,"
        + " 0, 587",
    "aquasecurity+trivy/docs/build/requirements.txt, 39, 3, 39, 0, 0, 0",
    "aquasecurity+trivy/integration/testdata/fixtures/repo/pipenv/Pipfile.lock, 1, 0, 1, 0, 0, 2",
    "aquasecurity+trivy/integration/testdata/fixtures/repo/trivy-ci-test/Pipfile.lock, 86, 0, 55,"
        + " 0, 31, 325",
    "aquasecurity+trivy/pkg/dependency/parser/python/pylock/testdata/pylock.toml, 9, 0, 9, 0, 0, 8",
    "aquasecurity+trivy/pkg/fanal/analyzer/language/python/poetry/testdata/with-groups/poetry.lock,"
        + " 22, 0, 0, 2, 0, 193",
    "dependabot+dependabot-core/uv/spec/fixtures/poetry_locks/poetry.lock, 36, 0, 8, 0, 28, 145",
    "google+oss-fuzz-vulns/infra/poetry.lock, 48, 0, 0, 0, 0, 400",
    "google+osv-scalibr/guidedremediation/internal/manifest/python/testdata/requirements/requirements.txt,"
        + " 10, 10, 10, 0, 0, 0",
    "google+osv.dev/docker/poetry/requirements.txt, 44, 1, 44, 0, 0, 607",
    "google+osv.dev/gcp/website/poetry.lock, 73, 13, 65, 0, 8, 1075",
    "jeremylong+DependencyCheck/core/src/test/resources/poetry.lock, 88, 0, 46, 0, 42, 822",
    "microsoft+component-detection/test/Microsoft.ComponentDetection.VerificationTests/resources/pip/requirements.txt,"
        + " 37, 37, 37, 0, 0, 0",
    "microsoft+component-detection/test/Microsoft.ComponentDetection.VerificationTests/resources/pip/roots/requirements.txt,"
        + " 25, 4, 25, 0, 0, 0",
    "modelcontextprotocol+python-sdk/uv.lock, 114, 41, 35, 6, 73, 1213",
    "msaad00+agent-bom/uv.lock, 297, 124, 60, 237, 0, 3744",
    "ossf+osv-schema/tools/ghsa/Pipfile.lock, 59, 0, 51, 0, 8, 710",
    "psf+advisory-database/tools/requirements.txt, 22, 4, 22, 0, 0, 363",
    "rubygems+rubygems/.github/workflows/lint/pylock.toml, 5, 0, 5, 0, 0, 70",
    "rubysec+ruby-advisory-db/Pipfile.lock, 5, 0, 5, 0, 0, 35",
    "snyk+agent-scan/uv.lock, 75, 20, 56, 19, 0, 1611",
    "trailofbits+mcp-context-protector/uv.lock, 139, 15, 104, 0, 35, 971"
  })
  void realLocksAreCounted(
      String file, int all, int direct, int prod, int optional, int dev, int hashes)
      throws IOException {
    Map<String, Component> components = components(extract(file));

    assertThat(
            List.of(
                components.size(),
                count(components, it -> it.relation() == Relation.DIRECT),
                count(components, it -> it.scope() == Scope.PROD),
                count(components, it -> it.scope() == Scope.OPTIONAL),
                count(components, it -> it.scope() == Scope.DEV),
                components.values().stream().mapToInt(it -> it.hashes().size()).sum()))
        .as("all, direct, prod, optional, dev, hashes")
        .isEqualTo(List.of(all, direct, prod, optional, dev, hashes));
  }

  @Test
  void everyFileOfTheseFormatsIsCountedHere() throws IOException {
    try (Stream<Path> files = Files.walk(SharedData.path("projects"))) {
      assertThat(files.filter(Files::isRegularFile).filter(PythonProjectsTest::isWanted))
          .hasSize(30);
    }
  }

  private static boolean isWanted(Path file) {
    FileEntry entry = new FileEntry(file.toString(), 1);
    return EXTRACTORS.stream().anyMatch(it -> it.wants(entry));
  }

  private static Extraction extract(String relative) throws IOException {
    Path file = SharedData.path("projects").resolve(relative);
    FileTree tree = FileTree.of(file.getParent(), ScanLimits.DEFAULT);
    FileEntry entry = new FileEntry(file.getFileName().toString(), Files.size(file));
    Extractor extractor =
        EXTRACTORS.stream().filter(it -> it.wants(entry)).findFirst().orElseThrow();
    return extractor.extract(tree.open(entry));
  }

  /* As the engine merges them: by purl, the stronger scope stands, hashes are joined. */
  private static Map<String, Component> components(Extraction extraction) {
    Map<String, Component> byPurl = new TreeMap<>();
    for (Component it : extraction.inventory().components()) {
      byPurl.merge(it.purl().toString(), distinct(it), PythonProjectsTest::join);
    }
    return byPurl;
  }

  private static Component distinct(Component it) {
    return new Component(
        it.purl(),
        it.scope(),
        it.relation(),
        it.locations(),
        it.hashes().stream().distinct().toList(),
        it.dependsOn());
  }

  private static Component join(Component a, Component b) {
    return new Component(
        a.purl(),
        a.scope().compareTo(b.scope()) <= 0 ? a.scope() : b.scope(),
        a.relation().compareTo(b.relation()) <= 0 ? a.relation() : b.relation(),
        a.locations(),
        Stream.concat(a.hashes().stream(), b.hashes().stream()).distinct().toList(),
        a.dependsOn());
  }

  private static int count(Map<String, Component> components, Predicate<Component> that) {
    return (int) components.values().stream().filter(that).count();
  }
}
