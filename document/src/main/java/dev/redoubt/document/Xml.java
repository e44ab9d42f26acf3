// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Reads XML into elements. A document type declaration is refused, so no entity is ever expanded
/// or fetched.
public final class Xml {

  private Xml() {}

  /// One element with everything inside it.
  ///
  /// @param name the local name, without prefix
  /// @param attributes by local name, in document order
  /// @param children the elements inside, in document order
  /// @param text the text directly inside, trimmed
  /// @param line the line of the start tag, counted from 1
  public record Element(
      String name, Map<String, String> attributes, List<Element> children, String text, int line) {
    public Element {
      attributes = Map.copyOf(attributes);
      children = List.copyOf(children);
    }

    /// Returns the first child called `name`.
    public Optional<Element> child(String name) {
      return children.stream().filter(child -> child.name.equals(name)).findFirst();
    }

    /// Returns the children called `name`, in document order.
    public List<Element> children(String name) {
      return children.stream().filter(child -> child.name.equals(name)).toList();
    }

    /// Returns the text of the first child called `name`; empty when there is no such child or it
    /// has no text.
    public Optional<String> text(String name) {
      return child(name).map(Element::text).filter(text -> !text.isEmpty());
    }

    /// Returns the attribute `name`.
    public Optional<String> attribute(String name) {
      return Optional.ofNullable(attributes.get(name));
    }
  }

  /// Returns the root element of `document`.
  ///
  /// @throws DocumentException if it is malformed, has a document type declaration or is over a
  ///   limit
  public static Element read(byte[] document, Limits limits) throws DocumentException {
    Size.check(document, limits);
    checkUtf8(document);
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      try {
        return root(reader, limits);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      throw new DocumentException(
          line < 1 ? null : line,
          "is not XML: " + Size.shorten(lastLine(String.valueOf(e.getMessage()))),
          "correct the file");
    }
  }

  /* The JDK's reader prints "[Fatal Error]" on the error stream when bytes are not what the encoding
  says; so what claims to be UTF-8 is checked before. */
  private static void checkUtf8(byte[] document) throws DocumentException {
    if (isOtherEncoding(document)) {
      return;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(document);
    CharBuffer out = CharBuffer.allocate(1 << 13);
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
    } while (result.isOverflow());
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += document[i] == '\n' ? 1 : 0;
      }
      throw new DocumentException(line, "is not UTF-8", "save the file as UTF-8");
    }
  }

  private static boolean isOtherEncoding(byte[] document) {
    String start =
        new String(document, 0, Math.min(document.length, 200), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u00FE\u00FF") || start.startsWith("\u00FF\u00FE")) {
      return true;
    }
    int declared = start.startsWith("<?xml") ? start.indexOf("encoding") : -1;
    int end = start.indexOf("?>");
    boolean named = declared >= 0 && declared < end;
    int zero = start.indexOf('\0');
    return zero == 0
        || zero == 1
        || (named && !start.substring(declared, end).toLowerCase(Locale.ROOT).contains("utf-8"));
  }

  private static Element root(XMLStreamReader reader, Limits limits)
      throws XMLStreamException, DocumentException {
    Deque<Open> open = new ArrayDeque<>();
    Element root = null;
    int nodes = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          nodes += 1 + reader.getAttributeCount();
          Open opened = new Open(reader);
          if (open.size() >= limits.depth() || nodes > limits.nodes()) {
            throw new DocumentException(
                opened.line,
                "nested deeper than %d levels or more than %,d values"
                    .formatted(limits.depth(), limits.nodes()),
                "flatten the file, or remove it from what is scanned");
          }
          open.addFirst(opened);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          Open innermost = open.peekFirst();
          if (innermost != null) {
            innermost.text.append(reader.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          Element closed = open.removeFirst().close();
          Open parent = open.peekFirst();
          if (parent == null) {
            root = closed;
          } else {
            parent.children.add(closed);
          }
        }
        case XMLStreamConstants.DTD ->
            throw new DocumentException(
                reader.getLocation().getLineNumber(),
                "has a document type declaration, which is not read",
                "remove the DOCTYPE");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new DocumentException(
                reader.getLocation().getLineNumber(),
                "uses an entity that XML does not define",
                "write the character itself");
        default -> {}
      }
    }
    if (root == null) {
      throw new DocumentException(1, "is empty, not XML", "write the file again");
    }
    return root;
  }

  /* The JDK's message reads "ParseError at [row,col]:[1,1]\nMessage: …"; the position is known apart. */
  private static String lastLine(String message) {
    return message.lines().reduce((_, last) -> last).orElse("").replaceFirst("^Message: ", "");
  }

  private static final class Open {
    final String name;
    final Map<String, String> attributes = new LinkedHashMap<>();
    final List<Element> children = new ArrayList<>();
    final StringBuilder text = new StringBuilder();
    final int line;

    Open(XMLStreamReader reader) {
      name = reader.getLocalName();
      line = Math.max(1, reader.getLocation().getLineNumber());
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        @Nullable String value = reader.getAttributeValue(i);
        attributes.put(reader.getAttributeLocalName(i), value == null ? "" : value);
      }
    }

    Element close() {
      return new Element(name, attributes, children, text.toString().strip(), line);
    }
  }
}
