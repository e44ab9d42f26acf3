// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs the commands people run most, so that the JDK's start-up caches know their classes. The
/// build runs it once for each cache, when it packages the program: `scan` for the commands that
/// scan, `guard` for those that decide, `hook` for the hooks of other agents, `run` for the agent,
/// anything else for the others.
///
/// Every class that is loaded here, needed or not, costs each later start some ten microseconds.
final class StartupTraining {

  private static final String LOCK =
      """
      {"name": "sample", "lockfileVersion": 3, "packages": {
        "": {"name": "sample", "dependencies": {"one": "^1.0.0"}},
        "node_modules/one": {"version": "1.0.0", "integrity": "sha512-AAAA", "dependencies": {"two": "*"}},
        "node_modules/two": {"version": "2.0.0", "dev": true, "license": "MIT"}}}
      """;

  private static final String POLICY =
      """
      [scan]
      exclude = ["build/**"]

      [[guard.rules]]
      effect = "deny"
      action = "run"
      command = "git push *"
      reason = "a person does that"
      tests = { deny = ["run:git push origin"] }
      """;

  /* What agents ask all day. */
  private static final List<String> LINES =
      List.of(
          "cd src && git status --short | grep -v '^??' > out.txt; for f in *.c; do wc -l \"$f\";"
              + " done",
          "git log --oneline -5",
          "ls -la && cat README.md | head -20",
          "rg -n 'TODO' src | sort | uniq -c",
          "find . -name '*.java' -exec grep -l Main {} +",
          "npm test 2>&1 | tail -5",
          "mkdir -p build && rm -rf build/old",
          "curl -sS https://example.com/a");

  private final Path folder;

  private StartupTraining(Path folder) {
    this.folder = folder;
  }

  /// Runs the training command lines for `arguments[0]`, writing nothing but the empty folder
  /// `arguments[1]`.
  public static void main(String[] arguments) throws IOException {
    new StartupTraining(Path.of(arguments[1])).run(arguments[0]);
  }

  private void run(String cache) throws IOException {
    switch (cache) {
      case "scan" -> {
        write("package-lock.json", LOCK);
        // The second scan of a target also says what changed since the first.
        words("scan --demo", "scan .", "scan . -f json -o report.json", "db status");
      }
      case "guard" -> {
        write("redoubt.toml", POLICY);
        guard();
      }
      case "hook" -> {
        checkout();
        // The first call makes the keys and the stream, the others find them.
        hook("claude-code", "PreToolUse", "Bash");
        words("trust add . --yes");
        hook("claude-code", "PreToolUse", "Bash");
        hook("codex", "PreToolUse", "Bash");
        hook("gemini-cli", "BeforeTool", "run_shell_command");
      }
      case "run" -> agent();
      default -> words("--version", "--help", "help scan", "completion bash");
    }
  }

  /* A turn as agents make them: they look, run commands and change a file. */
  private void agent() throws IOException {
    checkout();
    write("sum.py", "def add(a, b):\n    return a - b\n");
    List<String> turn =
        List.of(
            calls("bash", "{\"command\":\"echo one && ls -la\"}"),
            calls("bash", "{\"command\":\"cat README.md | head -20\"}"),
            calls("ls", "{}"),
            calls("glob", "{\"pattern\":\"**/*.py\"}"),
            calls("grep", "{\"pattern\":\"return\"}"),
            calls("view", "{\"path\":\"sum.py\"}"),
            calls(
                "edit",
                "{\"path\":\"sum.py\",\"edits\":[{\"old_string\":\"a - b\","
                    + "\"new_string\":\"a + b\"}]}"),
            "{\"content\":\"It adds now.\"}");
    agent(turn, "--json");
    agent(turn, "--continue");
    words("session list");
  }

  private void agent(List<String> turn, String how) throws IOException {
    try (TrainingModel model = TrainingModel.answering(turn)) {
      run("", List.of("run", "go", "--provider-url", model.url(), "--model", "m", how));
    }
  }

  private static String calls(String tool, String arguments) {
    return "{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}]}"
        .formatted(tool, JsonText.of(new Node.Text(arguments, 1)));
  }

  /* What a hook looks at to tell whether the workspace is the one that was trusted. */
  private void checkout() throws IOException {
    Files.createDirectories(folder.resolve(".git/hooks"));
    Files.createDirectories(folder.resolve(".claude"));
    write("redoubt.toml", POLICY);
    write(".git/config", "[core]\n\tbare = false\n\tfsmonitor = false\n");
    write(".git/hooks/pre-commit.sample", "#!/bin/sh\n");
    write(".claude/settings.json", "{}\n");
    write("CLAUDE.md", "Read README.md first.\n");
    write("package.json", "{}\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private void guard() {
    for (String line : LINES) {
      run("", List.of("guard", "check", "--command", line));
    }
    run("", List.of("guard", "check", "--command", LINES.getFirst(), "--json"));
    run("", List.of("guard", "check", "--path", "~/.ssh/id_rsa"));
    run("", List.of("guard", "check", "--path", "src/Main.java", "--write"));
    run("", List.of("guard", "check", "--url", "https://example.com/a"));
    run("{\"command\": \"ls -la\"}\n", List.of("guard", "check", "--stdin"));
  }

  private void hook(String agent, String event, String tool) {
    String sent =
        """
        {"session_id": "1", "cwd": "%s", "hook_event_name": "%s", "tool_name": "%s",
         "tool_input": {"command": "npm test 2>&1 | tail -5"}}
        """
            .formatted(folder, event, tool);
    run(sent, List.of("guard", "hook", agent));
  }

  private void words(String... lines) {
    for (String line : lines) {
      run("", List.of(line.split(" ", -1)));
    }
  }

  /* The folder is the home too, so that nothing of whoever builds the program is read. */
  private void run(String input, List<String> arguments) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    // Read as Main does, for the classes behind it, and not used.
    Map<String, String> environment = new HashMap<>(Map.copyOf(System.getenv()));
    environment.clear();
    environment.put("HOME", folder.toString());
    environment.put("OPENAI_API_KEY", "of-nobody");
    Surroundings world =
        new Surroundings(
            environment,
            folder,
            new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                nowhere,
                nowhere,
                Terminals.NONE),
            Clock.systemUTC());
    Main.run(arguments, world);
  }
}
