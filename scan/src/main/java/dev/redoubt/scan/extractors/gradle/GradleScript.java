// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.gradle.GradleTokens.Kind;
import dev.redoubt.scan.extractors.gradle.GradleTokens.Token;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a build script states as text: the modules in its `dependencies` blocks. Nothing is run.
///
/// @param stated modules with group and name
/// @param managed modules to which it only gives a version, when something else asks for them
/// @param accessors names of a version catalogue it uses
/// @param computed dependencies that only running it would tell
/// @param applied other scripts it pulls in
record GradleScript(
    List<Stated> stated,
    Map<String, String> managed,
    List<Accessor> accessors,
    List<Computed> computed,
    List<Computed> applied) {

  private static final long MOST_BYTES = 4L << 20;

  /// A module in a dependencies block.
  record Stated(GradleCoordinate module, Scope scope, int line) {}

  /// A name such as `libs.netty.codec`.
  record Accessor(String path, Scope scope, int line) {}

  /// What is written where only a run would tell more.
  record Computed(String text, int line) {}

  /// Returns what `file` states.
  ///
  /// @throws IOException if it cannot be read or is over 4 MB
  static GradleScript read(SourceFile file) throws IOException {
    if (file.entry().size() > MOST_BYTES) {
      throw new DocumentException(
          null, "a build script over 4 MB is not read", "lock the dependencies of the build");
    }
    List<Token> tokens = GradleTokens.of(file.text());
    GradleStatements statements = new GradleStatements(GradleVariables.of(tokens, file));
    new Walk(tokens, statements).run();
    return statements.result();
  }

  /// What a block means for what is written in it.
  private enum Meaning {
    DEPENDENCIES,
    MANAGED,
    OTHER
  }

  private record Block(Meaning meaning, String names, boolean development) {}

  /// Goes through the blocks of a script and hands on the statements of those that matter.
  private static final class Walk {
    private final List<Token> tokens;
    private final GradleStatements statements;
    private final Deque<Block> open = new ArrayDeque<>();

    Walk(List<Token> tokens, GradleStatements statements) {
      this.tokens = tokens;
      this.statements = statements;
    }

    void run() {
      open.push(new Block(Meaning.OTHER, "", false));
      int start = 0;
      int i = 0;
      while (i < tokens.size()) {
        Token token = tokens.get(i);
        Block block = open.element();
        if (token.is('}')) {
          if (open.size() > 1) {
            open.pop();
          }
          start = ++i;
        } else if (block.meaning != Meaning.OTHER && !isSeparator(token)) {
          i = statement(i, block);
          start = i;
        } else if (token.is('{')) {
          open.push(block(tokens.subList(start, i), block));
          start = ++i;
        } else {
          if (isSeparator(token)) {
            applied(tokens.subList(start, i));
            start = i + 1;
          }
          i++;
        }
      }
    }

    /* A dependencies block is read statement by statement; a block inside one belongs to its statement. */
    private int statement(int from, Block block) {
      int end = GradleStatements.end(tokens, from);
      List<Token> statement = tokens.subList(from, end);
      if (block.meaning == Meaning.MANAGED) {
        statements.managed(statement);
      } else {
        statements.dependency(statement, block.development, 0);
      }
      return Math.max(end, from + 1);
    }

    private static Block block(List<Token> header, Block parent) {
      String name = "";
      boolean development = parent.development;
      for (Token token : header) {
        if (token.kind() == Kind.WORD) {
          name = name.isEmpty() ? token.text() : name;
          String lower = token.text().toLowerCase(Locale.ROOT);
          development = development || lower.equals("buildscript") || GradleScope.isTest(lower);
        }
      }
      String last = name.substring(name.lastIndexOf('.') + 1);
      boolean managing = parent.names.contains("/dependencyManagement");
      Meaning meaning =
          !last.equals("dependencies")
              ? Meaning.OTHER
              : managing ? Meaning.MANAGED : Meaning.DEPENDENCIES;
      String names = parent.names.length() > 200 ? parent.names : parent.names + "/" + last;
      return new Block(meaning, names, development);
    }

    private void applied(List<Token> statement) {
      if (statement.size() < 3 || !statement.getFirst().text().equals("apply")) {
        return;
      }
      for (int i = 1; i + 2 < statement.size() + 1 && i + 1 < statement.size(); i++) {
        if (statement.get(i).text().equals("from")) {
          Token first = statement.get(Math.min(i + 2, statement.size() - 1));
          statements.applied(first);
          return;
        }
      }
    }

    private static boolean isSeparator(Token token) {
      return token.kind() == Kind.END_OF_LINE || token.is(';');
    }
  }
}
