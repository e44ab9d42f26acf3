// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads JSON, with the comments and trailing commas that configuration files are full of.
///
/// UTF-8, and UTF-16 or UTF-32 when they are unmistakable. Anything after the first value but
/// comments and white space is an error.
public final class Json {

  /* A factory keeps the names of fields it has seen (Jackson bounds how many), which makes reading
   * ten thousand small documents twice as fast; callers use a handful of constant limits. */
  private static final Map<Limits, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

  private Json() {}

  /// Returns the tree of `document`. A key given twice keeps its last value.
  ///
  /// @throws DocumentException if it is malformed, empty or over a limit
  public static Node read(byte[] document, Limits limits) throws DocumentException {
    return read(document, limits, FACTORIES.computeIfAbsent(limits, Json::lenient));
  }

  /// Returns the tree of `document`, read as RFC 8259 has it: UTF-8, no comments, no trailing
  /// commas, and no key twice in an object, because two readers could then see two documents.
  ///
  /// @throws DocumentException if it is malformed, empty or over a limit
  public static Node readStrict(byte[] document, Limits limits) throws DocumentException {
    return StrictJson.read(document, limits);
  }

  private static Node read(byte[] document, Limits limits, JsonFactory factory)
      throws DocumentException {
    Size.check(document, limits);
    TreeBuilder tree = new TreeBuilder(limits);
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), document)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (tree.root() != null) {
          throw new DocumentException(
              line(parser), "text after the end of the JSON value", "remove what follows it");
        }
        add(token, parser, tree);
      }
    } catch (JacksonException e) {
      throw malformed(e);
    }
    Node root = tree.root();
    if (root == null) {
      throw new DocumentException(1, "is empty, not JSON", "write the file again");
    }
    return root;
  }

  private static void add(JsonToken token, JsonParser parser, TreeBuilder tree)
      throws DocumentException {
    switch (token) {
      case START_OBJECT -> tree.openObject(line(parser));
      case START_ARRAY -> tree.openList(line(parser));
      case END_OBJECT, END_ARRAY -> tree.close();
      case PROPERTY_NAME -> tree.key(parser.currentName());
      case VALUE_STRING -> tree.add(new Node.Text(parser.getString(), line(parser)), 1);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          tree.add(new Node.Num(parser.getString(), line(parser)), 1);
      case VALUE_TRUE -> tree.add(new Node.Bool(true, line(parser)), 1);
      case VALUE_FALSE -> tree.add(new Node.Bool(false, line(parser)), 1);
      case VALUE_NULL -> tree.add(new Node.Nothing(line(parser)), 1);
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("a byte array gives no " + token);
    }
  }

  private static int line(JsonParser parser) {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private static DocumentException malformed(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    Integer line = at == null || at.getLineNr() < 1 ? null : at.getLineNr();
    return new DocumentException(
        line, "is not JSON: " + Size.shorten(e.getOriginalMessage()), "correct the file");
  }

  private static JsonFactory lenient(Limits limits) {
    return JsonFactory.builder()
        .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
        .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
        .streamReadConstraints(constraints(limits))
        .build();
  }

  private static StreamReadConstraints constraints(Limits limits) {
    return StreamReadConstraints.builder()
        .maxNestingDepth(limits.depth() + 1)
        .maxStringLength((int) Math.min(Integer.MAX_VALUE, limits.bytes()))
        .maxNameLength(1 << 20)
        .maxNumberLength(1000)
        .build();
  }
}
