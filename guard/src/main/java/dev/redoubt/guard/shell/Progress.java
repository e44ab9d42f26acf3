// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.ParseResult.BashOnly;
import java.util.ArrayList;
import java.util.List;

/// What a text and the texts nested in it share while they are parsed: bounds and remarks.
final class Progress {

  static final int MAX_DEPTH = 64;
  static final int MAX_PARTS_FROM_BRACES = 8192;

  private final List<BashOnly> bashOnly = new ArrayList<>();
  private int depth;
  private int partsFromBraces;

  List<BashOnly> bashOnly() {
    return bashOnly;
  }

  /// Goes one level down; whoever calls it calls [#leave] too, unless the parsing ends.
  void enter(int offset) {
    if (++depth > MAX_DEPTH) {
      throw new Refusal("nested deeper than " + MAX_DEPTH + " levels", offset);
    }
  }

  void leave() {
    depth--;
  }

  /// Counts what an expansion of braces makes, over the whole text.
  void countFromBraces(int parts, int offset) {
    partsFromBraces += parts;
    if (partsFromBraces > MAX_PARTS_FROM_BRACES) {
      throw new Refusal("the braces make more words than are looked at", offset);
    }
  }
}
