// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Component;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PnpmLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new PnpmLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "pnpm-lock.yaml";
  }

  @Test
  void anUnsupportedVersionIsRefusedAtItsLine() {
    assertThatThrownBy(() -> extract("packages: {}\nlockfileVersion: 4.0\n"))
        .isInstanceOfSatisfying(DocumentException.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessage("lockfileVersion 4.0 is not supported");
  }

  @Test
  void aNewerVersionOfTheSameShapeIsReadWithAGap() throws IOException {
    Extraction extraction =
        extract(
            """
            lockfileVersion: '10.0'
            packages:
              crane@2.1.0: {}
            snapshots:
              crane@2.1.0: {}
            """);

    assertThat(extraction.inventory().components().stream().map(Component::purl).toList())
        .hasToString("[pkg:npm/crane@2.1.0]");
    assertThat(extraction.gaps())
        .singleElement()
        .satisfies(gap ->
            assertThat(gap.reason())
                .isEqualTo("lockfileVersion 10.0 is not known; it was read as version 9"));
  }

  @Test
  void aKeyLongerThanYamlAllowsInOneLineIsRead() throws IOException {
    String peers = "(peer@1.0.0)".repeat(200);

    assertThat(
            extract(
                    "lockfileVersion: '9.0'\n"
                        + "packages:\n"
                        + "  crane@2.1.0: {}\n"
                        + "snapshots:\n"
                        + "  ? crane@2.1.0"
                        + peers
                        + "\n  : {}\n")
                .inventory()
                .components())
        .hasSize(1);
  }
}
