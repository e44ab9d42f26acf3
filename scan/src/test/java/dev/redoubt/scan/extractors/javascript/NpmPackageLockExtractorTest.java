// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
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
  void anUnknownLockfileVersionIsRefusedAtItsLine() {
    assertThatThrownBy(() -> extract("{\n\"lockfileVersion\": 4,\n\"packages\": {}\n}"))
        .isInstanceOfSatisfying(DocumentException.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessage("lockfileVersion 4 is not supported");
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
