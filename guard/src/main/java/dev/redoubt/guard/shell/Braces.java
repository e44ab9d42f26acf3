// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.Part.CommandSubstitution;
import dev.redoubt.guard.shell.Part.DoubleQuoted;
import dev.redoubt.guard.shell.Part.Literal;
import dev.redoubt.guard.shell.Part.Operation;
import dev.redoubt.guard.shell.Part.Parameter;
import dev.redoubt.guard.shell.Part.Quoting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Expands `{a,b}` and `{1..5}`.
///
/// Bash expands braces in the text of a word, before anything else is looked at, so that `$x{a,b}`
/// is about the variables `xa` and `xb`. Words where that could matter are refused.
final class Braces {

  private final List<Atom> atoms;
  private final Progress progress;
  private final int offset;

  private Braces(List<Atom> atoms, Progress progress, int offset) {
    this.atoms = atoms;
    this.progress = progress;
    this.offset = offset;
  }

  /// A plain character, or a part that is carried along.
  private record Atom(char c, @Nullable Part part) {}

  /// Decides whether a word has a brace, and what could make it more than a character.
  static boolean mayExpand(List<Part> parts) {
    boolean brace = false;
    boolean list = false;
    for (Part part : parts) {
      if (part instanceof Literal(String text, Quoting quoting) && quoting == Quoting.PLAIN) {
        brace |= text.indexOf('{') >= 0;
        list |= text.indexOf(',') >= 0 || text.contains("..");
      }
    }
    return brace && list;
  }

  /// Returns the words that `parts` become, each as its parts.
  static List<List<Part>> expand(List<Part> parts, Progress progress, int offset) {
    List<Atom> atoms = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      if (part instanceof Literal(String text, Quoting quoting) && quoting == Quoting.PLAIN) {
        for (int i = 0; i < text.length(); i++) {
          atoms.add(new Atom(text.charAt(i), null));
        }
      } else {
        if (!isSafe(part, p + 1 < parts.size() ? parts.get(p + 1) : null)) {
          throw new Refusal("braces next to this expansion are not followed", offset);
        }
        atoms.add(new Atom('\0', part));
      }
    }
    Braces braces = new Braces(atoms, progress, offset);
    List<List<Part>> words = new ArrayList<>();
    for (List<Atom> word : braces.words(0, atoms.size())) {
      words.add(joined(word));
    }
    return words;
  }

  /// Decides whether Bash reads `part` in the same way when it expands the text around it.
  private static boolean isSafe(Part part, @Nullable Part next) {
    return switch (part) {
      case Literal _ -> true;
      case DoubleQuoted(List<Part> inner) -> inner.stream().allMatch(Braces::isPlain);
      case Parameter parameter ->
          isPlain(parameter) && (parameter.span().written().startsWith("${") || ends(next));
      case CommandSubstitution substitution -> substitution.span().written().startsWith("$(");
      case Part.ProcessSubstitution _, Part.Arithmetic _, Part.Tilde _, Part.Array _ -> false;
    };
  }

  /// Decides whether no name goes on with `next`, whatever becomes of the braces.
  private static boolean ends(@Nullable Part next) {
    return next instanceof Literal(String text, Quoting quoting)
        && quoting == Quoting.PLAIN
        && !text.isEmpty()
        && "/.:-+=%@".indexOf(text.charAt(0)) >= 0;
  }

  private static boolean isPlain(Part part) {
    if (part instanceof Parameter parameter) {
      return parameter.subscript() == null && parameter.operation().equals(Operation.NONE);
    }
    return part instanceof Literal;
  }

  /// Returns what the atoms from `start` to `end` become.
  private List<List<Atom>> words(int start, int end) {
    List<List<Atom>> words = new ArrayList<>();
    words.add(new ArrayList<>());
    for (int i = start; i < end; i++) {
      Atom atom = atoms.get(i);
      if (atom.c() == '$' || atom.c() == '}') {
        throw refuse();
      }
      if (atom.c() == '{') {
        int close = close(i, end);
        words = product(words, group(i + 1, close));
        i = close;
      } else {
        words.forEach(word -> word.add(atom));
      }
    }
    return words;
  }

  private int close(int open, int end) {
    int level = 0;
    for (int i = open; i < end; i++) {
      char c = atoms.get(i).c();
      level += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (level == 0) {
        return i;
      }
    }
    throw refuse();
  }

  /// Returns the alternatives between two braces.
  private List<List<Atom>> group(int start, int end) {
    List<List<Atom>> alternatives = new ArrayList<>();
    int level = 0;
    int from = start;
    for (int i = start; i < end; i++) {
      char c = atoms.get(i).c();
      level += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (level == 0 && c == ',') {
        alternatives.addAll(words(from, i));
        from = i + 1;
      }
    }
    if (from == start) {
      return single(start, end);
    }
    alternatives.addAll(words(from, end));
    return alternatives;
  }

  /// Returns what braces without a comma become: a sequence, or themselves.
  private List<List<Atom>> single(int start, int end) {
    StringBuilder text = new StringBuilder();
    boolean nested = false;
    for (int i = start; i < end; i++) {
      Atom atom = atoms.get(i);
      nested |= atom.part() != null || atom.c() == '{';
      text.append(atom.c());
    }
    if (text.indexOf("..") < 0 && !nested) {
      List<Atom> itself = new ArrayList<>(atoms.subList(start - 1, end + 1));
      if (itself.stream().anyMatch(atom -> atom.c() == '$')) {
        throw refuse();
      }
      return List.of(itself);
    }
    List<String> sequence = nested ? List.of() : Sequence.of(text.toString());
    if (sequence.isEmpty()) {
      throw refuse();
    }
    progress.countFromBraces(sequence.size(), offset);
    List<List<Atom>> words = new ArrayList<>();
    for (String element : sequence) {
      List<Atom> word = new ArrayList<>();
      element.chars().forEach(c -> word.add(new Atom((char) c, null)));
      words.add(word);
    }
    return words;
  }

  private List<List<Atom>> product(List<List<Atom>> heads, List<List<Atom>> tails) {
    List<List<Atom>> words = new ArrayList<>();
    for (List<Atom> head : heads) {
      for (List<Atom> tail : tails) {
        progress.countFromBraces(1 + (head.size() + tail.size()) / 8, offset);
        List<Atom> word = new ArrayList<>(head.size() + tail.size());
        word.addAll(head);
        word.addAll(tail);
        words.add(word);
      }
    }
    return words;
  }

  private Refusal refuse() {
    return new Refusal("braces that are not followed", offset);
  }

  private static List<Part> joined(List<Atom> atoms) {
    PartList parts = new PartList();
    for (Atom atom : atoms) {
      if (atom.part() == null) {
        parts.add(atom.c(), Quoting.PLAIN);
      } else {
        parts.add(atom.part());
      }
    }
    return parts.parts();
  }
}
