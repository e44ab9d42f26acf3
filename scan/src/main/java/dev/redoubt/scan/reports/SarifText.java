// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import tools.jackson.core.JsonGenerator;

/// Foreign text as a SARIF message.
///
/// SARIF reads `[text](target)` in a message as a link and `{0}` as a placeholder, so brackets get
/// a backslash and braces are doubled, as its sections 3.11.5 and 3.11.6 ask.
final class SarifText {

  private SarifText() {}

  /// Writes the message property `name` with `text` taken literally.
  static void write(JsonGenerator json, String name, String text) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("text", literal(text));
    json.writeEndObject();
  }

  static String literal(String text) {
    return Printable.of(text)
        .replace("\\", "\\\\")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace("{", "{{")
        .replace("}", "}}");
  }
}
