// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.evaluation;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The lines the guard is measured with.
final class Corpus {

  /// One line and the heading it stands under.
  record Line(String group, String text) {}

  private Corpus() {}

  /// Returns the lines of a text file: one each, `##` starts a group, `#` a comment.
  static List<Line> text(String name) {
    List<Line> lines = new ArrayList<>();
    String group = name;
    for (String line : new String(bytes(name), StandardCharsets.UTF_8).split("\n", -1)) {
      if (line.startsWith("## ")) {
        group = line.substring(3);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(new Line(group, line));
      }
    }
    return lines;
  }

  /// Returns the texts of a JSON list, for lines that have line breaks.
  static List<Line> json(String name, String group) {
    try {
      List<Line> lines = new ArrayList<>();
      for (Node item : ((Node.Arr) Json.readStrict(bytes(name), Limits.SCAN)).items()) {
        lines.add(new Line(group, ((Node.Text) item).value()));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Corpus.class.getResourceAsStream("/evaluation/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no corpus " + name);
      }
      return in.readNBytes(1 << 24);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
