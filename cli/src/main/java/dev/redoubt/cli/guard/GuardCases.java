// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Nearest;
import dev.redoubt.cli.guard.Question.Subject;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the table of cases of `guard test`: each `[[case]]` has one of `command`, `path`, `url`
/// and `tool`, and what is expected.
final class GuardCases {

  private static final Limits LIMITS = new Limits(16 << 20, 40, 2_000_000);
  private static final List<String> KEYS =
      List.of(
          "command",
          "path",
          "write",
          "delete",
          "url",
          "tool",
          "args",
          "expect",
          "rule",
          "cwd",
          "workspace",
          "trusted");
  private static final List<String> EXPECTED = List.of("allow", "ask", "deny");

  private final String name;
  private final String workspace;

  private GuardCases(String name, String workspace) {
    this.name = requireNonNull(name, "name");
    this.workspace = requireNonNull(workspace, "workspace");
  }

  /// Returns the cases of `file`.
  ///
  /// @param workspace where a case plays that does not say
  /// @throws RedoubtException USAGE if a case is not understood, UNREADABLE if the file is
  static List<GuardCase> read(Path file, String name, String workspace) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) LIMITS.bytes() + 1);
      return new GuardCases(name, workspace).cases(Toml.read(bytes, LIMITS));
    } catch (DocumentException e) {
      throw new RedoubtException(
          ErrorCode.USAGE,
          "%s%s %s".formatted(name, e.line() == null ? "" : ":" + e.line(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read \"%s\": %s".formatted(name, RedoubtException.reason(e)),
          e);
    }
  }

  private List<GuardCase> cases(Node root) {
    checkKeys(root, List.of("case"));
    List<GuardCase> cases = new ArrayList<>();
    for (Node table : root.items("case")) {
      cases.add(one(table));
    }
    if (cases.isEmpty()) {
      throw wrong(root, "there is no [[case]]");
    }
    return cases;
  }

  private GuardCase one(Node table) {
    checkKeys(table, KEYS);
    List<Subject> subjects = new ArrayList<>();
    text(table, "command").map(Subject.Command::new).ifPresent(subjects::add);
    text(table, "path").map(path -> new Subject.Path(path, access(table))).ifPresent(subjects::add);
    text(table, "url").map(Subject.Url::new).ifPresent(subjects::add);
    text(table, "tool").map(tool -> call(table, tool)).ifPresent(subjects::add);
    if (subjects.size() != 1) {
      throw wrong(table, "a case has one of command, path, url and tool");
    }
    String expected =
        text(table, "expect")
            .filter(EXPECTED::contains)
            .orElseThrow(
                () -> wrong(table, "a case needs expect = \"allow\", \"ask\" or \"deny\""));
    String place = text(table, "workspace").orElse(workspace);
    return new GuardCase(
        new Question(
            subjects.getFirst(),
            text(table, "cwd").orElse(place),
            place,
            flag(table, "trusted", true) ? Trust.TRUSTED : Trust.UNTRUSTED),
        expected,
        text(table, "rule").orElse(""),
        shown(subjects.getFirst()),
        table.line());
  }

  private Access access(Node table) {
    boolean write = flag(table, "write", false);
    return flag(table, "delete", false) ? Access.DELETE : write ? Access.WRITE : Access.READ;
  }

  private Subject.Tool call(Node table, String tool) {
    Node arguments = table.get("args").orElse(new Node.Obj(Map.of(), 1));
    if (!(arguments instanceof Node.Obj)) {
      throw wrong(arguments, "\"args\" is not a table");
    }
    return QuestionReader.tool(tool, arguments)
        .orElseThrow(() -> wrong(table, "the tool \"%s\" is not SERVER/TOOL".formatted(tool)));
  }

  private static String shown(Subject subject) {
    return switch (subject) {
      case Subject.Command(String line) -> line;
      case Subject.Path(String path, Access _) -> path;
      case Subject.Url(String url) -> url;
      case Subject.Tool(String server, String tool, Node _) -> server + "/" + tool;
    };
  }

  private Optional<String> text(Node table, String key) {
    Optional<Node> value = table.get(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof Node.Text(String text, int _))) {
      throw wrong(value.get(), "\"%s\" is not a text".formatted(key));
    }
    if ((key.equals("cwd") || key.equals("workspace")) && !text.startsWith("/")) {
      throw wrong(value.get(), "\"%s\" is no absolute path".formatted(key));
    }
    return Optional.of(text);
  }

  private boolean flag(Node table, String key, boolean otherwise) {
    Optional<Node> value = table.get(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (!(value.get() instanceof Node.Bool(boolean flag, int _))) {
      throw wrong(value.get(), "\"%s\" is not true or false".formatted(key));
    }
    return flag;
  }

  private void checkKeys(Node table, List<String> valid) {
    for (Map.Entry<String, Node> entry : table.fields().entrySet()) {
      if (!valid.contains(entry.getKey())) {
        String nearest =
            Nearest.to(entry.getKey(), valid)
                .map(key -> "did you mean \"%s\"?".formatted(key))
                .orElse("valid here: " + String.join(", ", valid));
        throw wrong(
            entry.getValue(), "there is no key \"%s\"; %s".formatted(entry.getKey(), nearest));
      }
    }
  }

  private RedoubtException wrong(Node at, String message) {
    return new RedoubtException(ErrorCode.USAGE, "%s:%d: %s".formatted(name, at.line(), message));
  }
}
