// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

/// Finds the bodies of here-documents.
final class HereDocuments {

  private HereDocuments() {}

  /// A here-document whose body was not read yet.
  ///
  /// @param literal whether the delimiter was quoted: nothing is expanded in the body
  /// @param stripped whether tabs at the start of lines are taken away
  record Pending(String delimiter, boolean literal, boolean stripped) {}

  /// Reads the bodies of the open here-documents; `in` stands at the start of a line.
  static void read(Input in) {
    for (Pending document : in.pending()) {
      in.found(body(in, document));
    }
    in.pending().clear();
  }

  private static String body(Input in, Pending document) {
    StringBuilder body = new StringBuilder();
    while (in.pos() < in.text().length()) {
      int end = lineEnd(in, document.literal());
      String line = in.text().substring(in.pos(), end);
      if (document.stripped()) {
        line = withoutTabs(line);
      }
      boolean last = end == in.text().length();
      if (line.equals(document.delimiter())) {
        in.moveTo(last ? end : end + 1);
        return body.toString();
      }
      refuseDoubtful(in, document, line);
      in.moveTo(last ? end : end + 1);
      body.append(line).append('\n');
    }
    throw in.refuse("the here-document is not closed by \"" + document.delimiter() + "\"");
  }

  /// Returns where the line ends; without a quoted delimiter a backslash joins it with the next.
  private static int lineEnd(Input in, boolean literal) {
    String text = in.text();
    int i = in.pos();
    while (i < text.length() && text.charAt(i) != '\n') {
      boolean escape = !literal && text.charAt(i) == '\\' && i + 1 < text.length();
      i += escape ? 2 : 1;
    }
    return i;
  }

  private static String withoutTabs(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) == '\t') {
      i++;
    }
    return line.substring(i);
  }

  /// Refuses lines that some shells take for the end.
  private static void refuseDoubtful(Input in, Pending document, String line) {
    if (line.startsWith(document.delimiter()) && line.indexOf(')') >= 0) {
      throw in.refuse("a line of a here-document starts like its end");
    }
    if (line.indexOf('\n') >= 0 && line.replace("\\\n", "").equals(document.delimiter())) {
      throw in.refuse("the end of a here-document is continued on the next line");
    }
  }
}
