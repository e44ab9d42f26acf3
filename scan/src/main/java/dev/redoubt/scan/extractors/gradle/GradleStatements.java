// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.model.Scope;
import dev.redoubt.scan.extractors.gradle.GradleScript.Accessor;
import dev.redoubt.scan.extractors.gradle.GradleScript.Computed;
import dev.redoubt.scan.extractors.gradle.GradleScript.Stated;
import dev.redoubt.scan.extractors.gradle.GradleTokens.Kind;
import dev.redoubt.scan.extractors.gradle.GradleTokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the statements of `dependencies` blocks and collects what they state.
final class GradleStatements {

  private static final int DEEPEST = 20;
  private static final Set<String> IGNORED =
      Set.of(
          "modules",
          "components",
          "exclude",
          "artifactTypes",
          "attributesSchema",
          "def",
          "val",
          "var",
          "import",
          "because",
          "imports",
          "repositories");
  private static final Set<String> CONTROL =
      Set.of("if", "else", "for", "while", "when", "switch", "try", "run", "with", "apply");
  /* Things of the build itself or of the Gradle distribution: no packages. */
  private static final Set<String> LOCAL =
      Set.of(
          "project",
          "files",
          "fileTree",
          "gradleApi",
          "localGroovy",
          "gradleTestKit",
          "sourceSets.main.output",
          "embeddedKotlin",
          "gradleKotlinDsl");
  private static final Set<String> WRAPPERS =
      Set.of("testFixtures", "create", "variantOf", "enforcedTestFixtures", "dependencies.create");
  private static final Set<String> PLATFORMS = Set.of("platform", "enforcedPlatform", "mavenBom");
  private static final Set<String> RICH = Set.of("strictly", "require");

  private final GradleVariables variables;
  private final List<Stated> stated = new ArrayList<>();
  private final Map<String, String> managed = new HashMap<>();
  private final List<Accessor> accessors = new ArrayList<>();
  private final List<Computed> computed = new ArrayList<>();
  private final List<Computed> applied = new ArrayList<>();

  private int nesting;

  GradleStatements(GradleVariables variables) {
    this.variables = variables;
  }

  GradleScript result() {
    return new GradleScript(
        List.copyOf(stated),
        Map.copyOf(managed),
        List.copyOf(accessors),
        List.copyOf(computed),
        List.copyOf(applied));
  }

  void applied(Token what) {
    applied.add(new Computed(what.text(), what.line()));
  }

  /// Returns the index after the statement that starts at `from`: the end of its line, or of what
  /// is open there. A line that ends in a comma goes on.
  static int end(List<Token> tokens, int from) {
    int depth = 0;
    boolean comma = false;
    for (int i = from; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean opens = token.is('(') || token.is('[') || token.is('{');
      boolean closes = token.is(')') || token.is(']') || token.is('}');
      if (closes && depth == 0 && token.is('}')) {
        return i;
      }
      depth = opens ? depth + 1 : closes ? Math.max(0, depth - 1) : depth;
      boolean lineEnd = token.kind() == Kind.END_OF_LINE;
      if (depth == 0 && (token.is(';') || (lineEnd && !comma))) {
        return i;
      }
      comma = lineEnd ? comma : token.is(',');
    }
    return tokens.size();
  }

  /// Reads one statement that only gives versions.
  void managed(List<Token> statement) {
    for (Token token : statement) {
      if (token.isText()) {
        variables
            .fill(token.text())
            .flatMap(GradleCoordinate::parse)
            .flatMap(module -> module.pinned().map(version -> Map.entry(module.module(), version)))
            .ifPresent(entry -> managed.putIfAbsent(entry.getKey(), entry.getValue()));
      }
    }
  }

  /// Reads one statement of a dependencies block.
  void dependency(List<Token> statement, boolean development, int depth) {
    List<Token> tokens = statement.stream().filter(t -> t.kind() != Kind.END_OF_LINE).toList();
    if (tokens.isEmpty() || IGNORED.contains(tokens.getFirst().text())) {
      return;
    }
    Token first = tokens.getFirst();
    int brace = outer(tokens, '{');
    List<Token> head = brace < 0 ? tokens : tokens.subList(0, brace);
    if (first.text().equals("constraints")) {
      managed(tokens);
    } else if (CONTROL.contains(first.text())) {
      computed(first, head);
      inner(statement, development, depth);
    } else if (head.size() > 1 && !head.get(1).is('=')) {
      boolean add = first.text().equals("add") && head.size() > 2 && head.get(2).isText();
      String configuration = add ? head.get(2).text() : first.text();
      Scope scope = development ? Scope.DEV : GradleScope.of(configuration);
      List<List<Token>> arguments = arguments(unwrapped(head.subList(1, head.size())));
      String rich = richVersion(brace < 0 ? List.of() : tokens.subList(brace, tokens.size()));
      each(add ? arguments.subList(1, arguments.size()) : arguments, scope, rich);
    } else if (first.kind() == Kind.WORD && (brace >= 0 || first.text().indexOf('.') > 0)) {
      computed(first, head);
      inner(statement, development, depth);
    }
  }

  private void inner(List<Token> statement, boolean development, int depth) {
    int brace = outer(statement, '{');
    int i = brace + 1;
    while (brace >= 0 && depth < DEEPEST && i < statement.size()) {
      int end = end(statement, i);
      if (end > i) {
        dependency(statement.subList(i, end), development, depth + 1);
      }
      i = Math.max(end, i) + 1;
    }
  }

  private void each(List<List<Token>> arguments, Scope scope, String rich) {
    Map<String, List<Token>> named = named(arguments);
    if (!named.isEmpty()) {
      mapNotation(named, arguments.getFirst().getFirst(), scope);
      return;
    }
    if (arguments.size() > 1 && arguments.stream().allMatch(GradleStatements::isPart)) {
      List<String> parts = arguments.stream().map(part -> part.getFirst().text()).toList();
      Token at = arguments.getFirst().getFirst();
      text(new Token(Kind.TEMPLATE, String.join(":", parts), at.line()), scope, rich);
      return;
    }
    for (List<Token> argument : arguments) {
      argument(argument, scope, rich);
    }
  }

  /* Kotlin: implementation("group", "name", "version"). */
  private static boolean isPart(List<Token> argument) {
    return argument.size() == 1
        && argument.getFirst().isText()
        && argument.getFirst().text().indexOf(':') < 0;
  }

  private void argument(List<Token> argument, Scope scope, String rich) {
    if (argument.isEmpty() || argument.getFirst().is('{')) {
      return;
    }
    Token first = argument.getFirst();
    boolean call = argument.size() > 2 && argument.get(1).is('(');
    if (first.isText() && argument.size() == 1) {
      text(first, scope, rich);
    } else if (first.is('[') && argument.size() > 1 && nesting < DEEPEST) {
      nested(argument.subList(1, argument.size() - 1), scope, rich);
    } else if (LOCAL.contains(first.text()) || first.text().startsWith("projects.")) {
      return;
    } else if (call && PLATFORMS.contains(first.text())) {
      return;
    } else if (call && WRAPPERS.contains(first.text()) && nesting < DEEPEST) {
      nested(unwrapped(argument.subList(1, argument.size())), scope, rich);
    } else if (call && first.text().equals("kotlin") && argument.get(2).isText()) {
      kotlin(argument, scope);
    } else if (first.kind() == Kind.WORD && isAccessor(argument)) {
      accessors.add(new Accessor(first.text().replaceFirst("\\.get$", ""), scope, first.line()));
    } else if (first.kind() == Kind.WORD && argument.size() == 1) {
      Optional<String> value = variables.value(first.text());
      value.ifPresentOrElse(
          text -> text(new Token(Kind.TEXT, text, first.line()), scope, rich),
          () -> computed(first, argument));
    } else {
      computed(first, argument);
    }
  }

  private void nested(List<Token> tokens, Scope scope, String rich) {
    nesting++;
    each(arguments(tokens), scope, rich);
    nesting--;
  }

  private static boolean isAccessor(List<Token> argument) {
    boolean bare = argument.size() == 1;
    boolean got =
        argument.size() == 3
            && argument.getFirst().text().endsWith(".get")
            && argument.get(1).is('(');
    return argument.getFirst().text().indexOf('.') > 0 && (bare || got);
  }

  private void text(Token token, Scope scope, String rich) {
    Optional<GradleCoordinate> module =
        (token.kind() == Kind.TEMPLATE ? variables.fill(token.text()) : Optional.of(token.text()))
            .flatMap(GradleCoordinate::parse);
    if (module.isEmpty() && token.kind() == Kind.TEMPLATE) {
      // The version alone may be what only a run would tell: the module is still named.
      module = withoutVersion(token.text());
    }
    if (module.isEmpty()) {
      computed(token, List.of(token));
      return;
    }
    GradleCoordinate found = module.get();
    stated.add(new Stated(rich.isEmpty() ? found : found.withVersion(rich), scope, token.line()));
  }

  private Optional<GradleCoordinate> withoutVersion(String template) {
    String[] parts = template.split(":", 3);
    return parts.length < 3
        ? Optional.empty()
        : variables.fill(parts[0] + ":" + parts[1]).flatMap(GradleCoordinate::parse);
  }

  private void kotlin(List<Token> argument, Scope scope) {
    String version = argument.size() > 4 && argument.get(4).isText() ? argument.get(4).text() : "";
    String name = "org.jetbrains.kotlin:kotlin-" + argument.get(2).text();
    text(new Token(Kind.TEXT, name, argument.getFirst().line()), scope, version);
  }

  private void mapNotation(Map<String, List<Token>> named, Token at, Scope scope) {
    Map<String, String> values = new HashMap<>();
    named.forEach((key, tokens) -> {
      Token token = tokens.getFirst();
      Optional<String> value =
          token.kind() == Kind.TEXT
              ? Optional.of(token.text())
              : token.isText() ? variables.fill(token.text()) : variables.value(token.text());
      value.ifPresent(text -> values.put(key, text));
    });
    Optional<GradleCoordinate> module =
        GradleCoordinate.of(
            values.getOrDefault("group", ""),
            values.getOrDefault("name", ""),
            values.get("version"),
            values.get("classifier"),
            values.get("ext"));
    module.ifPresentOrElse(
        found -> stated.add(new Stated(found, scope, at.line())), () -> computed(at, List.of(at)));
  }

  private static Map<String, List<Token>> named(List<List<Token>> arguments) {
    Map<String, List<Token>> named = new HashMap<>();
    for (List<Token> argument : arguments) {
      if (argument.size() > 2
          && argument.getFirst().kind() == Kind.WORD
          && (argument.get(1).is(':') || argument.get(1).is('='))) {
        named.put(argument.getFirst().text(), argument.subList(2, argument.size()));
      }
    }
    return named.containsKey("group") || named.containsKey("name") ? named : Map.of();
  }

  private String richVersion(List<Token> closure) {
    for (int i = 0; i + 1 < closure.size(); i++) {
      if (RICH.contains(closure.get(i).text())) {
        Token next =
            closure.get(i + 1).is('(') && i + 2 < closure.size()
                ? closure.get(i + 2)
                : closure.get(i + 1);
        if (next.isText()) {
          return variables.fill(next.text()).orElse("");
        }
      }
    }
    return "";
  }

  private void computed(Token at, List<Token> what) {
    StringBuilder text = new StringBuilder();
    for (Token token : what) {
      if (text.length() > 80) {
        break;
      }
      boolean tight =
          text.isEmpty() || "().,:".contains(token.text()) || text.toString().endsWith("(");
      text.append(tight ? "" : " ")
          .append(token.isText() ? "\"" + token.text() + "\"" : token.text());
    }
    computed.add(new Computed(GradleLockfileExtractor.shorten(text.toString()), at.line()));
  }

  /// Returns what is inside the parentheses around all of `tokens`, or `tokens` themselves.
  private static List<Token> unwrapped(List<Token> tokens) {
    if (tokens.size() < 2 || !tokens.getFirst().is('(')) {
      return tokens;
    }
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += tokens.get(i).is('(') ? 1 : tokens.get(i).is(')') ? -1 : 0;
      if (depth == 0) {
        return i == tokens.size() - 1 ? tokens.subList(1, i) : tokens;
      }
    }
    return tokens.subList(1, tokens.size());
  }

  private static List<List<Token>> arguments(List<Token> tokens) {
    List<List<Token>> arguments = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.is('(') || token.is('[') || token.is('{') ? 1 : 0;
      depth -= token.is(')') || token.is(']') || token.is('}') ? 1 : 0;
      if (depth == 0 && token.is(',')) {
        arguments.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    arguments.add(tokens.subList(start, tokens.size()));
    return arguments;
  }

  private static int outer(List<Token> tokens, char sign) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (depth == 0 && token.is(sign)) {
        return i;
      }
      depth += token.is('(') || token.is('[') ? 1 : token.is(')') || token.is(']') ? -1 : 0;
    }
    return -1;
  }
}
