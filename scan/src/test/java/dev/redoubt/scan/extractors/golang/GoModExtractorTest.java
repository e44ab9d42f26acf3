// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoModExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new GoModExtractor();
  }

  @Override
  protected String wantedPath() {
    return "go.mod";
  }

  @ParameterizedTest
  @CsvSource({
    "go 1.21,                            pkg:golang/stdlib@1.21",
    "go 1.22rc1,                         pkg:golang/stdlib@1.22rc1",
    "toolchain go1.23.4,                 pkg:golang/stdlib@1.23.4",
    "toolchain go1.23.4-custom,          pkg:golang/stdlib@1.23.4"
  })
  void theStandardLibraryHasTheVersionOfTheToolchain(String directive, String expected)
      throws IOException {
    assertThat(purls(extract("module example.org/a\n" + directive + "\n")))
        .containsExactly(expected);
  }

  @Test
  void theToolchainWinsOverTheGoLineWhereverItStands() throws IOException {
    assertThat(purls(extract("toolchain go1.24.2\ngo 1.24.0\n")))
        .containsExactly("pkg:golang/stdlib@1.24.2");
    assertThat(purls(extract("go 1.24.0\ntoolchain default\n")))
        .containsExactly("pkg:golang/stdlib@1.24.0");
  }

  @Test
  void aModuleWithoutANameCostsOnlyItsLine() throws IOException {
    Extraction extraction =
        extract(
            """
            require (
            / v1.0.0
            example.org/ v1.0.0
            example.org/a v1.0.0
            )
            replace example.org/a => // v1
            """);

    assertThat(purls(extraction)).containsExactly("pkg:golang/example.org/a@v1.0.0");
    assertThat(extraction.gaps()).extracting(Gap::line).contains(2, 3);
  }

  @Test
  void windowsLineEndsAreNoPartOfAVersion() throws IOException {
    assertThat(purls(extract("go 1.20\r\nrequire (\r\n\texample.org/a v1.0.0\r\n)\r\n")))
        .containsExactly("pkg:golang/stdlib@1.20", "pkg:golang/example.org/a@v1.0.0");
  }

  @Test
  void aVersionKeepsItsSuffix() throws IOException {
    assertThat(extract("require example.org/a v2.0.0+incompatible\n").inventory().components())
        .extracting(it -> it.purl().version())
        .containsExactly("v2.0.0+incompatible");
  }

  @Test
  void afterTwentyLinesThatMakeNoSenseTheRestIsOneGap() throws IOException {
    List<Gap> gaps = extract("what is this\n".repeat(50)).gaps();

    assertThat(gaps).hasSize(21);
    assertThat(gaps.getLast())
        .isEqualTo(
            new Gap(
                "go.mod",
                21,
                "30 more lines cannot be understood",
                "check that this is a file of Go"));
  }

  private static List<String> purls(Extraction extraction) {
    return extraction.inventory().components().stream()
        .map(Component::purl)
        .map(Object::toString)
        .toList();
  }
}
