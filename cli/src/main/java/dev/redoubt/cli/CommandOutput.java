// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import java.io.StringWriter;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// How commands write what may hold foreign text: words or one JSON object, both safe for a
/// terminal.
public final class CommandOutput {

  private CommandOutput() {}

  /* Most commands write no JSON, so the factory is made on first use. */
  private static final class Writer {
    private static final JsonFactory JSON =
        JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  }

  /// Writes one JSON object and a line break to standard output.
  public static void json(Call call, Consumer<JsonGenerator> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Writer.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    }
    call.world().out().println(text);
  }

  /// Writes one formatted line of text to standard output.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would need one more library
  public static void line(Call call, String format, Object... values) {
    call.world().out().println(plain(String.format(Locale.ROOT, format, values)));
  }

  /// Writes one formatted line of text to standard error.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would need one more library
  public static void note(Call call, String format, Object... values) {
    call.world().err().println(plain(String.format(Locale.ROOT, format, values)));
  }

  /// Returns `text` with everything that could steer a terminal, or cannot be seen, written as its
  /// number: `<U+202E>`. A tab stays: it only leaves room, and code is full of them.
  public static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point == '\t') {
        plain.append('\t');
        continue;
      }
      switch (Character.getType(point)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.PRIVATE_USE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.UNASSIGNED -> {
          String hex = Integer.toHexString(point).toUpperCase(Locale.ROOT);
          plain.append("<U+").repeat('0', Math.max(0, 4 - hex.length())).append(hex).append('>');
        }
        default -> plain.appendCodePoint(point);
      }
    }
    return plain.toString();
  }

  /// Returns the JSON text `json` in ASCII. What is not ASCII stands inside strings, where its
  /// escape means the same.
  public static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c <= 0x7e) {
        ascii.append(c);
      } else {
        String hex = Integer.toHexString(c);
        ascii.append("\\u").repeat('0', 4 - hex.length()).append(hex);
      }
    }
    return ascii.toString();
  }
}
