// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Xml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings a CycloneDX document from XML into the shape of its JSON.
final class CyclonedxXml {

  private static final String NAMESPACE = "http://cyclonedx.org/schema/bom/";
  private static final int MOST_BEFORE_ROOT = 1 << 16;

  private CyclonedxXml() {}

  static Node read(byte[] bytes) throws DocumentException {
    Xml.Element bom = Xml.read(bytes, Limits.SCAN);
    String version = version(bytes);
    if (!bom.name().equals("bom") || version.isEmpty()) {
      throw new DocumentException(
          bom.line(),
          "is no CycloneDX document: <%s> is not <bom> of its name space".formatted(bom.name()),
          "make the bill of materials again, or rename the file");
    }
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("bomFormat", new Node.Text("CycloneDX", bom.line()));
    fields.put("specVersion", new Node.Text(version, bom.line()));
    for (Xml.Element child : bom.children()) {
      switch (child.name()) {
        case "metadata" ->
            child
                .child("component")
                .ifPresent(it ->
                    fields.put(
                        "metadata",
                        new Node.Obj(Map.of("component", component(it)), child.line())));
        case "components" -> fields.put("components", components(child));
        case "dependencies" -> fields.put("dependencies", dependencies(child));
        case "compositions" -> fields.put("compositions", list(child, "composition"));
        default -> {}
      }
    }
    return new Node.Obj(fields, bom.line());
  }

  /* The element tree drops name spaces, and this format has its version nowhere else. */
  private static String version(byte[] bytes) {
    String start =
        new String(bytes, 0, Math.min(bytes.length, MOST_BEFORE_ROOT), StandardCharsets.ISO_8859_1);
    int at = start.indexOf(NAMESPACE);
    int end = at + NAMESPACE.length();
    while (at >= 0 && end < start.length() && isVersionPart(start.charAt(end))) {
      end++;
    }
    return at < 0 ? "" : start.substring(at + NAMESPACE.length(), end);
  }

  private static boolean isVersionPart(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static Node components(Xml.Element parent) {
    List<Node> items = new ArrayList<>();
    for (Xml.Element child : parent.children("component")) {
      items.add(component(child));
    }
    return new Node.Arr(items, parent.line());
  }

  private static Node component(Xml.Element element) {
    Map<String, Node> fields = attributes(element);
    for (Xml.Element child : element.children()) {
      switch (child.name()) {
        case "components" -> fields.put("components", components(child));
        case "hashes" -> fields.put("hashes", named(child, "hash", "content"));
        case "properties" -> fields.put("properties", named(child, "property", "value"));
        case "group", "name", "version", "scope", "purl" ->
            fields.put(child.name(), new Node.Text(child.text(), child.line()));
        default -> {}
      }
    }
    return new Node.Obj(fields, element.line());
  }

  private static Node named(Xml.Element parent, String child, String content) {
    List<Node> items = new ArrayList<>();
    for (Xml.Element element : parent.children(child)) {
      Map<String, Node> fields = attributes(element);
      fields.put(content, new Node.Text(element.text(), element.line()));
      items.add(new Node.Obj(fields, element.line()));
    }
    return new Node.Arr(items, parent.line());
  }

  private static Node list(Xml.Element parent, String name) {
    List<Node> items = new ArrayList<>();
    for (Xml.Element element : parent.children(name)) {
      Map<String, Node> fields = attributes(element);
      for (Xml.Element child : element.children()) {
        fields.put(child.name(), new Node.Text(child.text(), child.line()));
      }
      items.add(new Node.Obj(fields, element.line()));
    }
    return new Node.Arr(items, parent.line());
  }

  private static Node dependencies(Xml.Element parent) {
    List<Node> items = new ArrayList<>();
    for (Xml.Element element : parent.children("dependency")) {
      List<Node> refs = new ArrayList<>();
      for (Xml.Element inner : element.children("dependency")) {
        inner.attribute("ref").ifPresent(ref -> refs.add(new Node.Text(ref, inner.line())));
      }
      Map<String, Node> fields = attributes(element);
      fields.put("dependsOn", new Node.Arr(refs, element.line()));
      items.add(new Node.Obj(fields, element.line()));
    }
    return new Node.Arr(items, parent.line());
  }

  private static Map<String, Node> attributes(Xml.Element element) {
    Map<String, Node> fields = new LinkedHashMap<>();
    element
        .attributes()
        .forEach((key, value) -> fields.put(key, new Node.Text(value, element.line())));
    return fields;
  }
}
