// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.Literal;
import dev.redoubt.guard.shell.Part.Quoting;
import dev.redoubt.guard.shell.Part.Tilde;
import java.util.ArrayList;
import java.util.List;

/// Finds the tildes that stand for a folder.
final class Tildes {

  private Tildes() {}

  /// Returns `parts` with a leading tilde marked.
  static List<Part> argument(List<Part> parts) {
    if (!(parts.getFirst() instanceof Literal(String text, Quoting quoting))
        || quoting != Quoting.PLAIN
        || !text.startsWith("~")) {
      return parts;
    }
    List<Part> marked = new ArrayList<>(parts.size() + 1);
    split(text, 0, marked, parts.size() == 1, "/");
    marked.addAll(parts.subList(1, parts.size()));
    return marked;
  }

  /// Returns `parts` with the tildes marked that stand `from` characters after the start, or after
  /// a colon behind that.
  static List<Part> value(List<Part> parts, int from) {
    List<Part> marked = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Literal(String text, Quoting quoting)
          && quoting == Quoting.PLAIN
          && text.indexOf('~') >= 0) {
        split(text, i == 0 ? from : -1, marked, i == parts.size() - 1, "/:");
      } else {
        marked.add(parts.get(i));
      }
    }
    return marked;
  }

  /// Returns where the value begins when the parts look like an assignment; -1 otherwise.
  static int assigned(List<Part> parts) {
    if (!(parts.getFirst() instanceof Literal(String text, Quoting quoting))
        || quoting != Quoting.PLAIN) {
      return -1;
    }
    int equals = text.indexOf('=');
    int end = equals > 0 && text.charAt(equals - 1) == '+' ? equals - 1 : equals;
    return end > 0 && Characters.isName(text.substring(0, end)) ? equals + 1 : -1;
  }

  /// Adds `text` to `marked`, cut at tildes at `start` and, in a value, after colons.
  private static void split(
      String text, int start, List<Part> marked, boolean last, String enders) {
    boolean inValue = enders.length() > 1;
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean begins = i == start || (inValue && i > 0 && i > start && text.charAt(i - 1) == ':');
      if (text.charAt(i) != '~' || !begins) {
        continue;
      }
      int end = i + 1;
      while (end < text.length() && enders.indexOf(text.charAt(end)) < 0) {
        end++;
      }
      if (end == text.length() && !last) {
        break;
      }
      if (i > done) {
        marked.add(new Literal(text.substring(done, i), Quoting.PLAIN));
      }
      marked.add(new Tilde(text.substring(i + 1, end)));
      done = end;
      i = end - 1;
    }
    if (done < text.length()) {
      marked.add(new Literal(text.substring(done), Quoting.PLAIN));
    }
  }
}
