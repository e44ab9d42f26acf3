// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.lsp;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Something a language server found in a file.
///
/// @param line counted from 1
/// @param column counted from 1
/// @param severity 1 for an error, 2 for a warning, more for less
record Diagnostic(int line, int column, int severity, String code, String message) {

  private static final int LONGEST = 300;
  private static final int WARNING = 2;

  Diagnostic {
    requireNonNull(code, "code");
    requireNonNull(message, "message");
  }

  /// Returns the errors and warnings of a published list, errors first.
  static List<Diagnostic> all(Node diagnostics) {
    List<Diagnostic> all = new ArrayList<>();
    for (Node one : diagnostics.items()) {
      Place place = Place.of(one.get("range").orElse(one));
      Diagnostic diagnostic =
          new Diagnostic(
              place.line(),
              place.column(),
              Place.number(one, "severity", 1),
              one.scalar("code").orElse(""),
              one.text("message").orElse(""));
      if (diagnostic.severity <= WARNING) {
        all.add(diagnostic);
      }
    }
    all.sort(Comparator.comparingInt(Diagnostic::severity).thenComparingInt(Diagnostic::line));
    return all;
  }

  /// Returns it in one line, behind `path`.
  String text(String path) {
    String words = message.replaceAll("\\s+", " ");
    return "%s:%d:%d: %s%s: %s"
        .formatted(
            path,
            line,
            column,
            severity == 1 ? "error" : "warning",
            code.isEmpty() ? "" : " " + code,
            words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words);
  }
}
