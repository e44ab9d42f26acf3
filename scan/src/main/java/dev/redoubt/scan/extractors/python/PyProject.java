// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a pyproject.toml asks for: the standard tables and those of Poetry, PDM and uv.
///
/// @param name of the project in its one spelling, empty when it has none
/// @param declared in the order of the tables
/// @param gaps entries that are no requirements
record PyProject(String name, List<Declared> declared, List<Gap> gaps) {

  private static final String HINT = "write it as name>=1.0 or as the tool's own table";

  PyProject {
    declared = List.copyOf(declared);
    gaps = List.copyOf(gaps);
  }

  /// One requirement of the project. A place on this machine is a URL that starts with `file:`.
  record Declared(Requirement requirement, Scope scope, int line) {}

  /// Returns the pyproject.toml beside `lock`; empty when there is none or it cannot be read, which
  /// its own extractor reports.
  static Optional<PyProject> beside(SourceFile lock) {
    Optional<SourceFile> file = lock.sibling("pyproject.toml");
    try {
      return file.isPresent() ? Optional.of(read(file.get())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static PyProject read(SourceFile file) throws IOException {
    return of(Toml.read(file.bytes(), Limits.SCAN), file.entry().path());
  }

  static PyProject of(Node root, String path) {
    Reader reader = new Reader(path);
    Node nothing = new Node.Nothing(1);
    Node project = root.get("project").orElse(nothing);
    Node tool = root.get("tool").orElse(nothing);
    Node poetry = tool.get("poetry").orElse(nothing);
    reader.sources = tool.get("uv").map(it -> it.fields("sources")).orElse(Map.of());
    String name = PypiName.normal(project.text("name").or(() -> poetry.text("name")).orElse(""));
    reader.list(project.items("dependencies"), Scope.PROD);
    project
        .fields("optional-dependencies")
        .values()
        .forEach(it -> reader.list(it.items(), Scope.OPTIONAL));
    reader.table(poetry.fields("dependencies"), Scope.PROD);
    poetry
        .fields("group")
        .forEach((group, it) ->
            reader.table(it.fields("dependencies"), group.equals("main") ? Scope.PROD : Scope.DEV));
    reader.table(poetry.fields("dev-dependencies"), Scope.DEV);
    root.fields("dependency-groups").values().forEach(it -> reader.list(it.items(), Scope.DEV));
    tool.get("pdm")
        .ifPresent(it ->
            it.fields("dev-dependencies")
                .values()
                .forEach(group -> reader.list(group.items(), Scope.DEV)));
    tool.get("uv").ifPresent(it -> reader.list(it.items("dev-dependencies"), Scope.DEV));
    return new PyProject(
        name,
        reader.declared.stream().filter(it -> !it.requirement.normalName().equals(name)).toList(),
        reader.gaps);
  }

  /// Returns the requirement that a table of Poetry or of a Pipfile states for `name`.
  static Requirement tabled(String name, Node value) {
    for (String repository : List.of("git", "hg", "svn")) {
      Optional<String> url = value.text(repository);
      if (url.isPresent()) {
        String revision =
            value
                .text("rev")
                .or(() -> value.text("tag"))
                .or(() -> value.text("branch"))
                .or(() -> value.text("ref"))
                .map(it -> "@" + it)
                .orElse("");
        String scheme = url.get().startsWith(repository + "+") ? "" : repository + "+";
        return new Requirement(name, "", scheme + url.get() + revision);
      }
    }
    if (value.text("path").isPresent() || value.isTrue("workspace")) {
      return new Requirement(name, "", "file:" + value.text("path").orElse("."));
    }
    Optional<String> url = value.text("url").or(() -> value.text("file"));
    return url.isPresent()
        ? new Requirement(name, "", url.get())
        : new Requirement(
            name, clause(value.scalar().or(() -> value.text("version")).orElse("")), null);
  }

  /* "1.2.3" and "=1.2.3" mean exactly that version, "*" any. */
  private static String clause(String constraint) {
    String text = constraint.strip();
    if (text.equals("*")) {
      return "";
    }
    String bare = text.startsWith("=") && !text.startsWith("==") ? text.substring(1).strip() : text;
    boolean exact =
        !bare.isEmpty()
            && Character.isDigit(bare.charAt(0))
            && bare.chars().noneMatch(c -> c == ',' || c == '|' || c == '*' || c == ' ');
    return exact ? "==" + bare : text;
  }

  private static final class Reader {
    final String path;
    final List<Declared> declared = new ArrayList<>();
    final Set<String> names = new HashSet<>();
    final List<Gap> gaps = new ArrayList<>();
    Map<String, Node> sources = Map.of();

    Reader(String path) {
      this.path = path;
    }

    void list(List<Node> items, Scope scope) {
      for (Node item : items) {
        Optional<String> text = item.scalar();
        if (text.isEmpty() && item.get("include-group").isPresent()) {
          continue;
        }
        Optional<Requirement> parsed = text.map(String::strip).flatMap(Requirement::parse);
        if (parsed.isPresent()) {
          add(sourced(parsed.get()), scope, item.line());
        } else if (!text.orElse("").startsWith("-e ")) {
          gaps.add(
              new Gap(
                  path,
                  item.line(),
                  "is no requirement: \"%s\"".formatted(PypiName.quotable(text.orElse("a table"))),
                  HINT));
        }
      }
    }

    private void add(Requirement requirement, Scope scope, int line) {
      names.add(requirement.normalName());
      declared.add(new Declared(requirement, scope, line));
    }

    private Requirement sourced(Requirement requirement) {
      Node source = sources.get(requirement.name());
      if (source instanceof Node.Arr(List<Node> all, int _) && !all.isEmpty()) {
        source = all.getFirst();
      }
      if (source == null || source.get("index").isPresent()) {
        return requirement;
      }
      Requirement placed = tabled(requirement.name(), source);
      return placed.url() == null ? requirement : placed;
    }

    void table(Map<String, Node> entries, Scope scope) {
      entries.forEach((name, value) -> {
        if (!name.equals("python")) {
          List<Node> alternatives = value instanceof Node.Arr ? value.items() : List.of(value);
          alternatives.forEach(it -> entry(name, it, scope));
        }
      });
    }

    /* With the standard table beside it, Poetry's own only adds where a package comes from. */
    private void entry(String name, Node value, Scope scope) {
      Requirement requirement = tabled(name, value);
      if (!PypiName.isName(name)) {
        gaps.add(
            new Gap(
                path,
                value.line(),
                "is no package name: \"%s\"".formatted(PypiName.quotable(name)),
                HINT));
        return;
      }
      Scope own = value.isTrue("optional") && scope == Scope.PROD ? Scope.OPTIONAL : scope;
      if (requirement.url() == null
          && requirement.specifier().isEmpty()
          && names.contains(requirement.normalName())) {
        return;
      }
      add(requirement, own, value.line());
    }
  }
}
