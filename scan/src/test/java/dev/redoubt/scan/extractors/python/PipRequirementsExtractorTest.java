// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.api.FileEntry;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipRequirementsExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new PipRequirementsExtractor();
  }

  @Override
  protected String wantedPath() {
    return "requirements.txt";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "requirements.txt",
        "a/requirements-dev.txt",
        "requirements.in",
        "test-requirements.txt",
        "requirements/base.txt",
        "a/requirements/dev.in",
        "constraints.txt",
        "constraints-3.12.txt",
        "Requirements.TXT"
      })
  void aFileOfPipIsWanted(String path) {
    assertThat(extractor().wants(new FileEntry(path, 1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"readme.txt", "requirements.md", "requirements/deep/base.txt", "a.in"})
  void anotherTextIsNot(String path) {
    assertThat(extractor().wants(new FileEntry(path, 1))).isFalse();
  }

  @Test
  void anUnpinnedRequirementIsAComponentAndAGap() throws IOException {
    Extraction extraction = extract("\n\nrequests >= 2.0, < 3\n");

    assertThat(purls(extraction)).containsExactly("pkg:pypi/requests");
    assertThat(extraction.gaps())
        .isEqualTo(
            List.of(
                new Gap(
                    "requirements.txt",
                    3,
                    "\"requests>=2.0,<3\" is not pinned",
                    "pin it with ==, or lock it with pip-compile or uv pip compile")));
  }

  @Test
  void aSecretInALinkIsNotKept() throws IOException {
    Extraction extraction =
        extract(
            """
            a @ git+https://user:hunter2@git.example/a.git@main
            https://u:hunter2@files.example/x?sig=hunter2
            git+https://hunter2@git.example/b
            b @ https://files.example/download?sig=hunter2
            """);

    assertThat(extraction.toString()).doesNotContain("hunter2");
  }

  @Test
  void proseEndsInAFewGaps() throws IOException {
    List<Gap> gaps = extract("The system shall do this and that.\n".repeat(500)).gaps();

    assertThat(gaps).hasSize(21);
    assertThat(gaps.getLast())
        .isEqualTo(
            new Gap(
                "requirements.txt",
                null,
                "480 more lines are no requirements",
                "rename the file if it is not for pip"));
  }

  @Test
  void carriageReturnsEndLines() throws IOException {
    assertThat(purls(extract("a==1\r\nb==2\rc==3"))).hasSize(3);
  }

  private static List<String> purls(Extraction extraction) {
    return extraction.inventory().components().stream().map(it -> it.purl().toString()).toList();
  }
}
