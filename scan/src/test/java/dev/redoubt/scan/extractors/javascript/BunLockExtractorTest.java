// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.api.FileEntry;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BunLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new BunLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "bun.lock";
  }

  @Test
  void theBinaryLockIsWantedToo() {
    assertThat(extractor().wants(new FileEntry("app/bun.lockb", 10))).isTrue();
  }

  @Test
  void packagesWithoutWorkspacesHaveAnUnknownRelation() throws IOException {
    Extraction extraction =
        extract(
            """
            {"lockfileVersion": 0, "packages": {"crane": ["crane@1.0.0", "", {}, "sha512-AAAA=="]}}
            """);

    assertThat(extraction.inventory().components())
        .singleElement()
        .satisfies(it -> assertThat(it.relation()).isEqualTo(Relation.UNKNOWN));
  }
}
