// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.AwkTokens.Kind;
import dev.redoubt.guard.programs.AwkTokens.Token;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;

/// Reads an awk program for what runs commands, and what reads and writes files.
///
/// Sources: the grammar in awk(1p) of POSIX.1-2017; the gawk manual on `|&`, `@load`, `/inet`,
/// indirect calls and the arrays `ENVIRON`, `SYMTAB` and `PROCINFO`.
final class AwkProgram {

  private final List<Token> tokens;
  private final Draft draft;

  private AwkProgram(List<Token> tokens, Draft draft) {
    this.tokens = tokens;
    this.draft = draft;
  }

  /// Adds to `draft` what running `program` leads to.
  static void read(String program, Draft draft) {
    List<Token> tokens = AwkTokens.of(program);
    if (tokens.isEmpty() && !program.isBlank()) {
      draft.raise(Nature.UNKNOWN, "the awk program is not understood");
    } else {
      new AwkProgram(tokens, draft).judge();
    }
  }

  private void judge() {
    boolean printing = false;
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      switch (token.kind()) {
        case WORD -> {
          if (token.text().equals("print") || token.text().equals("printf")) {
            printing = true;
            depth = 0;
          }
          word(token.text(), i);
        }
        case SIGN -> {
          depth += depthChange(token.text());
          boolean ended = token.text().equals(";") || token.text().equals("}");
          printing &= !ended && depth >= 0;
          sign(token.text(), i, printing && depth == 0);
        }
        case NEWLINE -> printing &= depth > 0 || continues(i);
        case STRING, NUMBER, REGEX -> {}
      }
    }
  }

  private static int depthChange(String sign) {
    return switch (sign) {
      case "(", "[" -> 1;
      case ")", "]" -> -1;
      default -> 0;
    };
  }

  private void word(String word, int at) {
    switch (word) {
      case "system" -> draft.raise(Nature.CHANGES, "awk system() runs a command");
      case "ENVIRON" ->
          draft.want(
              new Want.Opaque(
                  "command.environment", word, "shows the environment, secrets included"));
      case "ARGV", "ARGC", "SYMTAB", "FUNCTAB" ->
          draft.raise(Nature.UNKNOWN, "awk " + word + " can change which files are read");
      case "getline" -> getline(at);
      default -> {}
    }
  }

  private void sign(String sign, int at, boolean redirects) {
    switch (sign) {
      case "|", "|&" -> draft.raise(Nature.CHANGES, "awk " + sign + " runs a command");
      case "@" -> draft.raise(Nature.UNKNOWN, "awk @ is not judged");
      case ">", ">>" -> {
        if (redirects) {
          file(Access.WRITE, at + 1);
        }
      }
      default -> {}
    }
  }

  /// Judges a `getline`, which reads another file when a `<` follows in its statement.
  private void getline(int at) {
    for (int i = at + 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isSign("<")) {
        file(Access.READ, i + 1);
        return;
      }
      if (token.kind() == Kind.NEWLINE || token.isSign(";") || token.isSign("}")) {
        return;
      }
    }
  }

  /// Takes the file at `at`: known only when it is one text and nothing else.
  private void file(Access access, int at) {
    Token name = at < tokens.size() ? tokens.get(at) : null;
    Token after = at + 1 < tokens.size() ? tokens.get(at + 1) : null;
    boolean alone =
        after == null
            || after.kind() == Kind.NEWLINE
            || after.isSign(";")
            || after.isSign("}")
            || (access == Access.READ && (after.isSign(")") || after.isSign(">")));
    if (name == null
        || name.kind() != Kind.STRING
        || name.text().indexOf('\\') >= 0
        || name.text().startsWith("/inet")
        || !alone) {
      draft.raise(Nature.UNKNOWN, "awk reads or writes a file whose name is computed");
    } else {
      draft.file(access, new Arg.Known(name.text()), "awk > writes a file");
    }
  }

  /// Returns whether the statement goes on behind the newline at `at`.
  private boolean continues(int at) {
    if (at == 0) {
      return false;
    }
    Token before = tokens.get(at - 1);
    boolean open = before.kind() == Kind.SIGN && !before.isSign(")") && !before.isSign("]");
    return open || before.kind() == Kind.NEWLINE;
  }
}
