// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.Xml.Element;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class XmlTest {

  @Test
  void elementsKnowNameAttributesTextAndLine() throws DocumentException {
    assertThat(read("<a>\n  <p:b xmlns:p='urn:x' c='d'> e </p:b>\n</a>"))
        .isEqualTo(
            new Element(
                "a",
                Map.of(),
                List.of(new Element("b", Map.of("c", "d"), List.of(), "e", 2)),
                "",
                1));
  }

  @Test
  void aDocumentTypeDeclarationIsRefused() {
    assertThatThrownBy(
            () -> read("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"))
        .hasMessage("has a document type declaration, which is not read");
  }

  @Test
  void nestingIsBounded() {
    assertThatThrownBy(() -> read("<a>".repeat(201)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void aMistakeIsNamedWithItsLine() {
    assertThatThrownBy(() -> read("<a>\n<b>\n</a>"))
        .isInstanceOfSatisfying(
            DocumentException.class,
            e -> {
              assertThat(e.line()).isEqualTo(3);
              assertThat(e).hasMessageStartingWith("is not XML: ");
            });
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithTheirLine() {
    byte[] document = {'<', 'a', '>', '\n', (byte) 0xC3, '(', '<', '/', 'a', '>'};

    assertThatThrownBy(() -> Xml.read(document, Limits.SCAN))
        .isInstanceOfSatisfying(DocumentException.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessage("is not UTF-8");
  }

  @Test
  void anotherDeclaredEncodingIsRead() throws DocumentException {
    String xml = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\u00e9</a>";

    assertThat(Xml.read(xml.getBytes(StandardCharsets.ISO_8859_1), Limits.SCAN).text())
        .isEqualTo("\u00e9");
    assertThat(Xml.read("<a>\u00e9</a>".getBytes(StandardCharsets.UTF_16), Limits.SCAN).text())
        .isEqualTo("\u00e9");
  }

  private static Element read(String xml) throws DocumentException {
    return Xml.read(xml.getBytes(StandardCharsets.UTF_8), Limits.SCAN);
  }
}
