// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class YarnLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new YarnLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "yarn.lock";
  }

  @Test
  void aTextOfAnotherKindIsRefusedAtItsFirstLine() {
    assertThatThrownBy(() -> extract("# comment\n\nhello world\n"))
        .isInstanceOfSatisfying(DocumentException.class, e -> assertThat(e.line()).isEqualTo(3))
        .hasMessage("is no yarn lock file");
  }

  @Test
  void anEmptyLockHoldsNothing() throws IOException {
    assertThat(extract("# yarn lockfile v1\n\n\n")).isEqualTo(Extraction.EMPTY);
  }

  @Test
  void aNewerVersionIsReadWithAGap() throws IOException {
    Extraction extraction =
        extract(
            """
            __metadata:
              version: 99

            "crane@npm:^2.0.0":
              version: 2.1.0
              resolution: "crane@npm:2.1.0"
            """);

    assertThat(extraction.inventory().components()).hasSize(1);
    assertThat(extraction.gaps())
        .isEqualTo(
            List.of(
                new Gap(
                    "yarn.lock",
                    1,
                    "version \"99\" of the lock file is not known; it was read as version 8",
                    "check what was found, or update Redoubt")));
  }

  @Test
  void linesMayEndInTheMannerOfWindows() throws IOException {
    assertThat(
            extract("crane@^2.0.0:\r\n  version \"2.1.0\"\r\n").inventory().components().toString())
        .contains("pkg:npm/crane@2.1.0");
  }
}
