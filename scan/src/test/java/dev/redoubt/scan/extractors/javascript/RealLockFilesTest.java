// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Component;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.Source;
import dev.redoubt.testkit.NeedsSharedData;
import dev.redoubt.testkit.SharedData;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Counts of the lock files of real projects. The expected numbers of packages come from a reader
/// of its own (another language, another YAML and JSON library), not from these extractors.
@NeedsSharedData
class RealLockFilesTest {

  private static final List<Extractor> EXTRACTORS =
      List.of(
          new BunLockExtractor(),
          new DenoLockExtractor(),
          new NpmPackageLockExtractor(),
          new PnpmLockExtractor(),
          new YarnLockExtractor());

  @ParameterizedTest
  @CsvSource({
    "DependencyTrack+frontend/package-lock.json, 1445, 72, 0",
    "agentclientprotocol+agent-client-protocol/package-lock.json, 877, 2, 0",
    "dependabot+dependabot-core/npm_and_yarn/helpers/package-lock.json, 1138, 23, 0",
    "dependabot+dependabot-core/npm_and_yarn/spec/fixtures/projects/npm6/private_source_shrinkwrap/npm-shrinkwrap.json,"
        + " 439, 1, 0",
    "google+osv-scalibr/extractor/filesystem/language/javascript/packagelockjson/testdata/npm-shrinkwrap-only/npm-shrinkwrap.json,"
        + " 2, 2, 1",
    "jeremylong+DependencyCheck/core/src/test/resources/nodejs/npm-shrinkwrap.json, 91, 0, 0",
    "jspecify+jspecify/docs/package-lock.json, 1168, 9, 0",
    "langchain4j+langchain4j/docs/package-lock.json, 1339, 12, 0",
    "langflow-ai+openrag/docs/package-lock.json, 1287, 14, 0",
    "mitre+saf/package-lock.json, 866, 83, 0",
    "CycloneDX+cdxgen/test/yarn.lock, 56, 0, 0",
    "aquasecurity+trivy/pkg/fanal/analyzer/language/nodejs/yarn/testdata/monorepo/yarn.lock, 11, 6,"
        + " 0",
    "dependabot+dependabot-core/npm_and_yarn/spec/fixtures/projects/npm6_and_yarn/lerna/yarn.lock,"
        + " 579, 0, 0",
    "jeremylong+DependencyCheck/core/src/test/resources/yarnaudit/yarn.lock, 935, 0, 0",
    "langflow-ai+openrag/docs/yarn.lock, 1287, 0, 0",
    "microsoft+component-detection/test/Microsoft.ComponentDetection.VerificationTests/resources/yarn/v1/yarn.lock,"
        + " 137, 0, 0",
    "mitre+heimdall2/yarn.lock, 2583, 0, 0",
    "CycloneDX+cdxgen/pnpm-lock.yaml, 308, 61, 0",
    "CycloneDX+cdxgen/test/pnpm-lock.yaml, 1706, 167, 0",
    "agentgateway+agentgateway/ui/pnpm-lock.yaml, 176, 21, 0",
    "anchore+syft/syft/pkg/cataloger/javascript/testdata/pnpm-v6/pnpm-lock.yaml, 10, 6, 0",
    "dependabot+dependabot-core/npm_and_yarn/spec/fixtures/projects/pnpm/catalog_monorepo/pnpm-lock.yaml,"
        + " 717, 9, 0",
    "google+osv.dev/gcp/website/frontend3/pnpm-lock.yaml, 416, 20, 0",
    "microsoft+component-detection/test/Microsoft.ComponentDetection.VerificationTests/resources/pnpm/v5/pnpm-lock.yaml,"
        + " 137, 5, 0",
    "anchore+syft/syft/pkg/cataloger/javascript/test-fixtures/bun/bun.lock, 10, 5, 0",
    "aquasecurity+trivy/integration/testdata/fixtures/repo/bun/bun.lock, 6, 3, 0",
    "cline+cline/bun.lock, 2569, 358, 0",
    "dependabot+dependabot-core/bun/spec/fixtures/projects/bun/wildcard/bun.lock, 59, 3, 0",
    "google+osv-scanner/cmd/osv-scanner/scan/source/testdata/locks-insecure/bun.lock, 2, 2, 0",
    "dependabot+dependabot-core/deno/spec/fixtures/projects/deno/with_lockfile_multi/deno.lock, 3,"
        + " 2, 0",
    "dependabot+dependabot-core/deno/spec/fixtures/projects/deno/workspace/deno.lock, 4, 3, 0",
  })
  void holdsAsManyPackagesAsAnotherReaderCounts(String path, int packages, int direct, int gaps)
      throws IOException {
    Extraction extraction = read("projects/" + path);

    List<Component> components = extraction.inventory().components();
    assertThat(components.stream().map(Component::purl).distinct()).hasSize(packages);
    assertThat(
            components.stream()
                .filter(it -> it.relation() == Relation.DIRECT)
                .map(Component::purl)
                .distinct())
        .hasSize(direct);
    assertThat(extraction.gaps()).hasSize(gaps);
  }

  private static Extraction read(String path) throws IOException {
    Source source = FileTree.of(SharedData.path(path), ScanLimits.DEFAULT);
    FileEntry entry = source.list().files().getFirst();
    for (Extractor extractor : EXTRACTORS) {
      if (extractor.wants(entry)) {
        return extractor.extract(source.open(entry));
      }
    }
    throw new AssertionError("nothing reads " + path);
  }
}
