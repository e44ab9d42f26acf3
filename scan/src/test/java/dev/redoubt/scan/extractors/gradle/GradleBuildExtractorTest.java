// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Component;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.api.FileEntry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradleBuildExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new GradleBuildExtractor();
  }

  @Override
  protected String wantedPath() {
    return "build.gradle";
  }

  @ParameterizedTest
  @CsvSource({
    "a/build.gradle.kts,true",
    "gradle/deps.gradle,true",
    "settings.gradle,false",
    "settings.gradle.kts,false",
    "init.gradle,false"
  })
  void scriptsThatDeclareDependenciesAreWanted(String path, boolean wanted) {
    assertThat(extractor().wants(new FileEntry(path, 1))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dependencies { implementation [[[[",
        "dependencies { implementation 'a:b:1",
        "dependencies { implementation \"\"\"a:b:1",
        "dependencies { }}}}} dependencies {",
        "dependencies { if (x) { if (y) {",
        "dependencies { add( }",
        "dependencies { implementation group: }",
        "dependencies { implementation testFixtures( }",
        "dependencies { implementation [ }",
        "apply from",
        "apply from:",
        "$"
      })
  void aScriptThatIsCutAnywhereIsSurvived(String script) throws IOException {
    assertThat(extract(script)).isNotNull();
  }

  @Test
  void deepNestingInsideADependencyEnds() throws IOException {
    String deep = "[".repeat(100_000);

    assertThat(extract("dependencies { implementation " + deep).gaps()).isNotEmpty();
    assertThat(extract("dependencies { implementation " + "create(".repeat(100_000)).gaps())
        .isNotEmpty();
    assertThat(extract("dependencies { " + "if (a) { ".repeat(20_000)).gaps()).isNotEmpty();
  }

  @Test
  void aTextWithTwoValuesIsNotFilledIn() throws IOException {
    Extraction extraction =
        extract(
            """
            def v = '1'
            v = '2'
            dependencies { implementation "com.example:a:$v" }
            """);

    assertThat(extraction.inventory().components())
        .extracting(Component::purl)
        .extracting(Object::toString)
        .containsExactly("pkg:maven/com.example/a");
  }
}
