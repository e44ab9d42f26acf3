// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.api.FileEntry;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpdxSbomExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new SpdxSbomExtractor();
  }

  @Override
  protected String wantedPath() {
    return "app.spdx.json";
  }

  @ParameterizedTest
  @CsvSource({
    "a/app.SPDX.json,true",
    "app.spdx.jsonld,true",
    "sbom.json,true",
    "app.spdx,true",
    "app.cdx.json,false",
    "bom.xml,false",
    "spdx-license-list.json,false"
  })
  void theNameDecidesWhatIsLookedAt(String path, boolean wanted) {
    assertThat(extractor().wants(new FileEntry(path, 1))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spdxVersion\": \"SPDX-1.2\"}",
        "{\"spdxVersion\": 4}",
        "{\"@context\": \"https://spdx.org/rdf/30/x\"}",
        "{\"spdxId\": \"x\"}",
        "{\"name\": \"x\"}",
        "[]"
      })
  void whatIsNoSupportedDocumentIsRefused(String content) {
    assertThatThrownBy(() -> extract(content)).isInstanceOf(DocumentException.class);
  }

  @Test
  void anOlderVersion2IsReadAndAGap() throws IOException {
    Extraction extraction =
        extract(
            """
            {"spdxVersion": "SPDX-2.1", "packages": [{"SPDXID": "a", "name": "a", "externalRefs":
              [{"referenceType": "purl", "referenceLocator": "pkg:npm/a@1"}]}]}
            """);

    assertThat(extraction.inventory().components())
        .extracting(Component::purl)
        .hasToString("[pkg:npm/a@1]");
    assertThat(extraction.gaps())
        .isEqualTo(
            List.of(
                new Gap(
                    "app.spdx.json",
                    1,
                    "SPDX version \"SPDX-2.1\" is not supported; read as far as it is like 2.3",
                    "make the bill of materials again as SPDX 2.3")));
  }

  @Test
  void theOnlyPackageOfADocumentThatDescribesItIsItsSubject() throws IOException {
    Extraction extraction =
        extract(
            """
            {"spdxVersion": "SPDX-2.3", "documentDescribes": ["a"],
             "packages": [{"SPDXID": "a", "name": "a"}]}
            """);

    assertThat(extraction).isEqualTo(Extraction.EMPTY);
  }

  @Test
  void aSingleElementNeedsNoGraph() throws IOException {
    Extraction extraction =
        extract(
            """
            {"@context": ["https://spdx.org/rdf/3.0.0/spdx-context.jsonld"],
             "type": "software_Package", "spdxId": "a", "name": "a",
             "software_packageUrl": "pkg:npm/a@1"}
            """);

    assertThat(extraction.inventory().components())
        .extracting(Component::purl)
        .hasToString("[pkg:npm/a@1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spdxVersion\": \"SPDX-2.3\", \"packages\": [{\"checksums\": [4], \"externalRefs\":"
            + " {}}]}",
        "{\"spdxVersion\": \"SPDX-2.3\", \"relationships\": [[], {\"spdxElementId\": 1}]}",
        "{\"@context\": \"https://spdx.org/rdf/3.0.1/x\", \"@graph\": [7, {\"type\": 3}]}",
        "{\"@context\": \"https://spdx.org/rdf/3.0.1/x\", \"@graph\": {}}"
      })
  void wrongTypesAreSurvived(String content) throws IOException {
    assertThat(extract(content).inventory().components()).isEmpty();
  }

  @Test
  void collectionsThatHoldEachOtherEnd() throws IOException {
    Extraction extraction =
        extract(
            """
            {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
              {"type": "Bom", "spdxId": "a", "rootElement": ["b"]},
              {"type": "Bom", "spdxId": "b", "rootElement": ["a"]}]}
            """);

    assertThat(extraction).isEqualTo(Extraction.EMPTY);
  }
}
