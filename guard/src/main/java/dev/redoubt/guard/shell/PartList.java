// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.Literal;
import dev.redoubt.guard.shell.Part.Quoting;
import java.util.ArrayList;
import java.util.List;

/// Collects the parts of a word; neighbouring literals of the same quoting become one.
final class PartList {

  private final List<Part> parts = new ArrayList<>(2);
  private final StringBuilder text = new StringBuilder();
  private Quoting quoting = Quoting.PLAIN;
  private boolean open;

  void add(char c, Quoting as) {
    begin(as);
    text.append(c);
  }

  void add(CharSequence piece, Quoting as) {
    begin(as);
    text.append(piece);
  }

  void add(String source, int start, int end, Quoting as) {
    begin(as);
    text.append(source, start, end);
  }

  void add(Part part) {
    close();
    parts.add(part);
  }

  /// Returns what was collected so far.
  List<Part> parts() {
    close();
    return parts;
  }

  boolean isEmpty() {
    return parts.isEmpty() && !open;
  }

  /// Returns the last character when it is plain text, otherwise 0.
  char lastPlain() {
    return open && quoting == Quoting.PLAIN && !text.isEmpty() ? text.charAt(text.length() - 1) : 0;
  }

  private void begin(Quoting as) {
    if (open && quoting != as) {
      close();
    }
    quoting = as;
    open = true;
  }

  private void close() {
    if (open) {
      parts.add(new Literal(text.toString(), quoting));
      text.setLength(0);
      open = false;
    }
  }
}
