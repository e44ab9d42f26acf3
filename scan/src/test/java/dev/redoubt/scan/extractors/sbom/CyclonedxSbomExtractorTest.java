// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Component;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.testkit.Hostile;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CyclonedxSbomExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new CyclonedxSbomExtractor();
  }

  @Override
  protected String wantedPath() {
    return "bom.json";
  }

  @ParameterizedTest
  @CsvSource({
    "a/bom.xml,true",
    "BOM.json,true",
    "app.cdx.json,true",
    "app-1.0-cyclonedx.json,true",
    "app.cyclonedx.xml,true",
    "app-sbom.json,true",
    "app.spdx.json,false",
    "bombastic.json,false",
    "package.json,false"
  })
  void theNameDecidesWhatIsLookedAt(String path, boolean wanted) {
    assertThat(extractor().wants(new FileEntry(path, 1))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "", "one"})
  void anotherMajorVersionIsRefused(String version) {
    assertThatThrownBy(() ->
            extract("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"%s\"}".formatted(version)))
        .isInstanceOf(DocumentException.class)
        .hasMessage("CycloneDX \"%s\" is not supported".formatted(version));
  }

  @Test
  void anSpdxDocumentUnderASharedNameIsLeftToTheOtherExtractor() throws IOException {
    assertThat(extract("{\"spdxVersion\": \"SPDX-2.3\"}")).isEqualTo(Extraction.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": 7}",
        "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": [{\"hashes\":"
            + " [{}], \"purl\": 3}]}",
        "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"dependencies\":"
            + " [{\"dependsOn\": [{}]}, 4]}",
        "{\"bomFormat\": 1, \"specVersion\": \"1.5\", \"metadata\": {\"component\": []}}"
      })
  void wrongTypesAreSurvived(String content) throws IOException {
    assertThat(extract(content).inventory().components()).isEmpty();
  }

  @Test
  void aRingOfDependenciesEnds() throws IOException {
    Extraction extraction =
        extract(
            """
            {"bomFormat": "CycloneDX", "specVersion": "1.5",
             "metadata": {"component": {"bom-ref": "r", "name": "r"}},
             "components": [
               {"type": "application", "bom-ref": "x", "name": "x"},
               {"type": "application", "bom-ref": "y", "name": "y"},
               {"type": "library", "bom-ref": "z", "name": "z", "purl": "pkg:npm/z@1"}],
             "dependencies": [
               {"ref": "r", "dependsOn": ["x"]}, {"ref": "x", "dependsOn": ["y"]},
               {"ref": "y", "dependsOn": ["x", "r", "z"]}, {"ref": "z", "dependsOn": ["y"]}]}
            """);

    assertThat(extraction.inventory().components())
        .extracting(Component::toString)
        .singleElement()
        .asString()
        .contains("DIRECT");
  }

  @Test
  void manyUnusableEntriesGiveABoundedNumberOfGapsThatCountsTheRest() throws IOException {
    Extraction extraction =
        extract(
            "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": [%s{}]}"
                .formatted("{},".repeat(999)));

    assertThat(extraction.gaps()).hasSize(101);
    assertThat(extraction.gaps().getLast().reason())
        .isEqualTo("900 more entries could not be used");
  }

  @Test
  void anOrdinaryFileOfThatNameIsRefused() {
    assertThatThrownBy(() -> extract("{\"name\": \"a bill of materials for a desk\"}"))
        .isInstanceOf(DocumentException.class)
        .hasMessage("is no bill of materials: neither CycloneDX nor SPDX");
  }

  @Test
  void xmlOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> CyclonedxXml.read("<bom><components/></bom>".getBytes(UTF_8)))
        .hasMessage("is no CycloneDX document: <bom> is not <bom> of its name space");
  }

  @TestFactory
  Stream<DynamicTest> hostileXmlIsRefused() {
    return Hostile.inputs().entrySet().stream()
        .map(input ->
            dynamicTest(
                input.getKey(),
                () ->
                    assertThatThrownBy(() -> CyclonedxXml.read(input.getValue()))
                        .isInstanceOf(DocumentException.class)));
  }
}
