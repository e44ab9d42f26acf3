// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import dev.redoubt.cli.guard.Question.Subject;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Situation.Trust;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads one question from a line of JSON.
///
/// Exactly one of `command`, `path`, `url` and `tool` names the subject. A field of another type
/// than it should have makes the line malformed; fields nobody knows are not looked at and can
/// grant nothing.
final class QuestionReader {

  private static final Limits LIMITS = new Limits(1 << 20, 64, 100_000);

  private final String folder;

  /// @param folder what `cwd` and `workspace` are when a line does not say, absolute with `/`
  QuestionReader(String folder) {
    this.folder = folder;
  }

  /// What a line turned out to be.
  sealed interface Line {
    /// A question.
    record Asked(Question question) implements Line {}

    /// No question, and why.
    record Malformed(String reason) implements Line {}
  }

  /// Returns the question in `line`, without its line break.
  Line read(byte[] line) {
    try {
      return new Line.Asked(question(Json.readStrict(line, LIMITS)));
    } catch (DocumentException | MalformedException e) {
      return new Line.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private Question question(Node line) throws MalformedException {
    if (!(line instanceof Node.Obj)) {
      throw new MalformedException("the line is no JSON object");
    }
    List<Subject> subjects = new ArrayList<>();
    text(line, "command").map(Subject.Command::new).ifPresent(subjects::add);
    Optional<String> path = text(line, "path");
    if (path.isPresent()) {
      subjects.add(new Subject.Path(path.get(), access(line)));
    }
    text(line, "url").map(Subject.Url::new).ifPresent(subjects::add);
    Optional<String> tool = text(line, "tool");
    if (tool.isPresent()) {
      subjects.add(toolCall(tool.get(), line));
    }
    if (subjects.size() != 1) {
      throw new MalformedException(
          "the line names %s of command, path, url and tool, not one"
              .formatted(subjects.isEmpty() ? "none" : "several"));
    }
    // A folder somebody names to work in never becomes the workspace; the other way round it may.
    String workspace = folder(line, "workspace", folder);
    String cwd = folder(line, "cwd", workspace);
    Trust trust = flag(line, "trusted", true) ? Trust.TRUSTED : Trust.UNTRUSTED;
    return new Question(subjects.getFirst(), cwd, workspace, trust);
  }

  private static Access access(Node line) throws MalformedException {
    boolean write = flag(line, "write", false);
    return flag(line, "delete", false) ? Access.DELETE : write ? Access.WRITE : Access.READ;
  }

  private static Subject.Tool toolCall(String name, Node line) throws MalformedException {
    Node arguments = line.get("args").orElse(new Node.Obj(Map.of(), 1));
    if (!(arguments instanceof Node.Obj)) {
      throw new MalformedException("\"args\" is no object");
    }
    return tool(name, arguments)
        .orElseThrow(
            () -> new MalformedException("the tool \"%s\" is not SERVER/TOOL".formatted(name)));
  }

  /// Returns the call of the tool `name`, in the manner of `files/read`, or empty when a part is
  /// missing.
  static Optional<Subject.Tool> tool(String name, Node arguments) {
    int slash = name.indexOf('/');
    return slash < 1 || slash == name.length() - 1
        ? Optional.empty()
        : Optional.of(
            new Subject.Tool(name.substring(0, slash), name.substring(slash + 1), arguments));
  }

  private static String folder(Node line, String key, String otherwise) throws MalformedException {
    String value = text(line, key).orElse(otherwise);
    if (!value.startsWith("/")) {
      throw new MalformedException("\"%s\" is no absolute path".formatted(key));
    }
    return value;
  }

  private static Optional<String> text(Node line, String key) throws MalformedException {
    Optional<Node> value = line.get(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!(value.get() instanceof Node.Text(String text, int _))) {
      throw new MalformedException("\"%s\" is no text".formatted(key));
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new MalformedException("\"%s\" has half a character".formatted(key));
    }
    return Optional.of(text);
  }

  private static boolean flag(Node line, String key, boolean otherwise) throws MalformedException {
    Optional<Node> value = line.get(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (!(value.get() instanceof Node.Bool(boolean flag, int _))) {
      throw new MalformedException("\"%s\" is not true or false".formatted(key));
    }
    return flag;
  }

  private static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }
}
