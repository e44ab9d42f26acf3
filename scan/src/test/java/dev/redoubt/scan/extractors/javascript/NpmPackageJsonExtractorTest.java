// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.api.FileEntry;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpmPackageJsonExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new NpmPackageJsonExtractor();
  }

  @Override
  protected String wantedPath() {
    return "package.json";
  }

  @Test
  void installedPackagesAreNotRead() {
    assertThat(extractor().wants(new FileEntry("node_modules/crane/package.json", 10))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "package-lock.json",
        "npm-shrinkwrap.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "bun.lock"
      })
  void aLockBesideItSpeaksForIt(String lock) throws IOException {
    assertThat(extract(Map.of("package.json", "{\"dependencies\": {\"a\": \"1.0.0\"}}", lock, "")))
        .isEqualTo(Extraction.EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"version": "5"}                                                             | 1
          {"version": "5", "workspace": {"packageJson": {"dependencies": ["npm:a@1"]}}} | 0
          """)
  void aLockOfDenoSpeaksForItWhereItNamesOne(String lock, int components) throws IOException {
    assertThat(
            extract(
                    Map.of(
                        "package.json",
                        "{\"dependencies\": {\"a\": \"1.0.0\"}}",
                        "deno.lock",
                        lock))
                .inventory()
                .components())
        .hasSize(components);
  }
}
