// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

/// HTML under construction. All text and every attribute value is escaped here, so nothing foreign
/// can become markup; names of elements and attributes are our own words.
final class HtmlWriter {

  private final StringBuilder html = new StringBuilder(1 << 16);

  /// Opens an element.
  ///
  /// @param attributes names and values in turn
  HtmlWriter open(String element, String... attributes) {
    html.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      html.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      html.append('"');
    }
    html.append('>');
    return this;
  }

  HtmlWriter close(String element) {
    html.append("</").append(element).append('>');
    return this;
  }

  HtmlWriter text(String text) {
    escape(text);
    return this;
  }

  /// Adds a whole element with text in it.
  HtmlWriter element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  HtmlWriter line() {
    html.append('\n');
    return this;
  }

  /// Adds text as it is: only for what comes from this package.
  HtmlWriter own(String markup) {
    html.append(markup);
    return this;
  }

  String html() {
    return html.toString();
  }

  private void escape(String text) {
    String printable = Printable.of(text);
    for (int i = 0; i < printable.length(); i++) {
      char c = printable.charAt(i);
      switch (c) {
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '&' -> html.append("&amp;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
  }
}
