// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Gap;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NpmPackageLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new NpmPackageLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "package-lock.json";
  }

  @Test
  void anUnknownLockfileVersionIsReadWithAGap() throws IOException {
    Extraction extraction =
        extract(
            """
            {
              "lockfileVersion": 4,
              "packages": {"node_modules/crane": {"version": "1.0.0"}}
            }
            """);

    assertThat(extraction.inventory().components()).hasSize(1);
    assertThat(extraction.gaps())
        .isEqualTo(
            List.of(
                new Gap(
                    "package-lock.json",
                    2,
                    "lockfileVersion 4 is not known; it was read as version 3",
                    "write it again with npm install --lockfile-version 3")));
  }

  @Test
  void withoutAManifestVersionOneLeavesTheRelationUnknown() throws IOException {
    Extraction extraction =
        extract(
            """
            {"lockfileVersion": 1, "dependencies": {"crane": {"version": "1.0.0"}}}
            """);

    assertThat(extraction.inventory().components())
        .singleElement()
        .satisfies(it -> assertThat(it.relation()).isEqualTo(Relation.UNKNOWN));
  }

  @Test
  void aBrokenManifestIsAGapAndTheLockIsRead() throws IOException {
    Extraction extraction =
        extract(
            Map.of(
                "package-lock.json",
                "{\"lockfileVersion\": 1, \"dependencies\": {\"crane\": {\"version\": \"1.0.0\"}}}",
                "package.json",
                "{\n\"dependencies\": oops"));

    assertThat(extraction.inventory().components()).hasSize(1);
    assertThat(extraction.gaps())
        .singleElement()
        .satisfies(gap -> {
          assertThat(gap.path()).isEqualTo("package.json");
          assertThat(gap.line()).isEqualTo(2);
        });
  }
}
