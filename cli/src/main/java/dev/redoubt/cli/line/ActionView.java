// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.tools.LineDiff;
import dev.redoubt.cli.exec.ExecText;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What an action would do, in full, for the person who is asked about it: every word of a command,
/// every line of a change, and what surrounds it. Nothing is shortened here.
///
/// @param premises where it would be done
record ActionView(Style style, Premises premises) {

  private static final int LARGEST = 1 << 20;

  ActionView {
    requireNonNull(style, "style");
    requireNonNull(premises, "premises");
  }

  /// Returns safe lines.
  List<String> lines(Action action) {
    List<String> lines = new ArrayList<>();
    switch (action) {
      case Action.Run run -> run(lines, "The agent wants to run a command:", run);
      case Action.StartServer(String name, Action.Run run) ->
          run(lines, "The agent wants to start the server " + Style.safe(name) + ":", run);
      case Action.Write(Path path, Content content) -> write(lines, path, content);
      case Action.Read(Path path) -> one(lines, "read", path.toString());
      case Action.Delete(Path path) -> one(lines, "delete", path.toString());
      case Action.ListFolder(Path path) -> one(lines, "list the folder", path.toString());
      case Action.Search(Path path, String pattern) ->
          one(lines, "search", path + " for " + pattern);
      case Action.Connect(String scheme, String host, int port) ->
          one(lines, "connect to", scheme + "://" + host + ":" + port);
      case Action.Fetch(String method, String url) -> one(lines, method, url);
      case Action.CallTool(String server, String tool, var arguments) -> {
        one(lines, "call the tool", server + "/" + tool);
        block(lines, "with", new String(CanonicalJson.of(arguments), UTF_8));
      }
      case Action.SendToModel(String provider, String residency) ->
          one(lines, "send the conversation to", provider + " (data is kept in " + residency + ")");
      case Action.LoadConfig(var kind, Path path, String sha256) -> {
        one(lines, "take over " + kind.name().toLowerCase(java.util.Locale.ROOT), path.toString());
        row(lines, "content", "SHA-256 " + sha256);
      }
    }
    return lines;
  }

  private void one(List<String> lines, String verb, String about) {
    lines.add(style.bold("The agent wants to " + Style.safe(verb) + ":"));
    block(lines, "what", about);
  }

  private void run(List<String> lines, String heading, Action.Run run) {
    lines.add(style.bold(heading));
    row(lines, "in", run.folder().toString());
    row(lines, "sandbox", premises.backend().name() + ", network: " + network());
    List<String> program = program(run);
    List<String> variables = new ArrayList<>();
    for (Map.Entry<String, String> variable : new TreeMap<>(run.environment()).entrySet()) {
      row(variables, "env", variable.getKey() + "=" + variable.getValue());
    }
    // The longer one is last: a padded one hides nothing but its own end.
    boolean padded = program.size() > variables.size();
    lines.addAll(padded ? variables : program);
    lines.addAll(padded ? program : variables);
  }

  private List<String> program(Action.Run run) {
    List<String> lines = new ArrayList<>();
    switch (run.program()) {
      case Program.Argv(List<String> argv) -> block(lines, "command", ExecText.line(argv));
      case Program.Line(Program.Shell shell, String text) ->
          block(lines, shell.name().toLowerCase(java.util.Locale.ROOT), text);
    }
    return lines;
  }

  /// Returns a safe line that says what `action` is about.
  String brief(Action action) {
    return switch (action) {
      case Action.Run run -> program(run).getFirst();
      case Action.StartServer(String name, Action.Run run) ->
          Style.safe(name) + " " + program(run).getFirst().strip();
      case Action.Write _,
          Action.Read _,
          Action.Delete _,
          Action.ListFolder _,
          Action.Search _,
          Action.Connect _,
          Action.Fetch _,
          Action.CallTool _,
          Action.SendToModel _,
          Action.LoadConfig _ ->
          lines(action).get(1);
    };
  }

  private String network() {
    if (premises.backend().holds() != Situation.Wall.HELD) {
      return "not held back";
    }
    int targets = premises.guard().targets().size();
    return targets == 0 ? "none" : "only what %d rules of yours allow".formatted(targets);
  }

  private void write(List<String> lines, Path path, Content content) {
    Optional<String> now = text(content.bytes());
    Optional<String> before =
        Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? read(path) : Optional.of("");
    boolean exists = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    lines.add(style.bold("The agent wants to %s a file:".formatted(exists ? "change" : "create")));
    block(lines, "path", path.toString());
    if (Files.isSymbolicLink(path)) {
      row(lines, "note", "it is a link");
    }
    if (now.isEmpty() || before.isEmpty()) {
      row(lines, "content", "%d bytes, SHA-256 %s".formatted(content.size(), content.sha256()));
      return;
    }
    LineDiff diff = LineDiff.of(before.get().lines().toList(), now.get().lines().toList());
    diff.unified().lines().forEach(line -> lines.add("    " + style.diff(Style.safe(line))));
    if (diff.unified().isEmpty()) {
      row(lines, "content", "%d bytes, differing in line ends only".formatted(content.size()));
    }
  }

  private static Optional<String> read(Path path) {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      return bytes.length > LARGEST ? Optional.empty() : text(bytes);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private void row(List<String> lines, String name, String value) {
    lines.add("  " + style.dim(padded(name)) + Style.safe(value.replace("\n", "\\n")));
  }

  /* Foreign text of several lines stays visibly in its place. */
  private void block(List<String> lines, String name, String text) {
    List<String> parts = text.lines().toList();
    if (parts.size() < 2) {
      row(lines, name, text);
      return;
    }
    lines.add("  " + style.dim(padded(name)));
    parts.forEach(part -> lines.add("    | " + Style.safe(part)));
  }

  private static String padded(String name) {
    return name + ":" + " ".repeat(Math.max(1, 9 - name.length()));
  }
}
