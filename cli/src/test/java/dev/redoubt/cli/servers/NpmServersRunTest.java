// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.npm.NpmPrograms;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The reference servers of the protocol as servers of a session.
@Timeout(300)
@NeedsEngine("npm")
class NpmServersRunTest {

  @TempDir private Path folder;
  @TempDir private Path home;

  @Test
  void aModelCallsEachServer() throws Exception {
    aModelCallsEachServerBehind("local");
  }

  @Test
  @NeedsEngine("bwrap")
  void aModelCallsEachServerBehindAWall() throws Exception {
    aModelCallsEachServerBehind("bubblewrap");
  }

  private void aModelCallsEachServerBehind(String sandbox) throws Exception {
    folder = folder.toRealPath();
    Files.writeString(folder.resolve("a.txt"), "what a holds\n");
    NpmPrograms servers =
        NpmPrograms.of(
            "@modelcontextprotocol/server-everything@2026.8.31",
            "@modelcontextprotocol/server-filesystem@2026.8.31",
            "@modelcontextprotocol/server-memory@2026.8.31");
    Path config = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config,
        "[mcp]\nlazy-tools = 200\nlazy-tokens = 100000\n"
            + server("everything", servers.commandSeenFrom(folder, "mcp-server-everything"), "")
            + server(
                "files",
                servers.commandSeenFrom(folder, "mcp-server-filesystem", folder.toString()),
                "")
            + server(
                "memory",
                servers.commandSeenFrom(folder, "mcp-server-memory"),
                "env = { MEMORY_FILE_PATH = \"%s\" }\n".formatted(folder.resolve("memory.jsonl"))));
    try (ScriptedProvider provider =
        ScriptedProvider.start(
            Dialect.OPENAI_CHAT,
            call("mcp__everything__get-sum", "{\"a\":40,\"b\":2}"),
            call("mcp__files__read_text_file", "{\"path\":\"%s/a.txt\"}".formatted(folder)),
            call(
                "mcp__memory__create_entities",
                "{\"entities\":[{\"name\":\"fox\",\"entityType\":\"animal\",\"observations\":[]}]}"),
            say("Done."))) {
      Run run =
          new Terminal(folder, home)
              .withVariable("OPENAI_API_KEY", "x")
              .withVariable("PATH", System.getenv("PATH"))
              .withRealTime()
              .redoubt(
                  "run",
                  "go",
                  "--provider-url",
                  provider.url(),
                  "--model",
                  "scripted",
                  "--approval",
                  "allow",
                  "--sandbox",
                  sandbox);
      List<String> sent = provider.asked().stream().map(asked -> asked.body()).toList();

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(sent).hasSize(4);
      assertThat(sent.get(1)).contains("The sum of 40 and 2 is 42.");
      assertThat(sent.get(2)).contains("what a holds");
      assertThat(sent.get(3)).contains("\\\"entityType\\\"");
      assertThat(Files.readString(folder.resolve("memory.jsonl"))).contains("\"name\":\"fox\"");
    }
  }

  private static String server(String name, List<String> command, String more) {
    return "[mcp.servers.%s]\ncommand = \"%s\"\nargs = [\"%s\"]\n%s"
        .formatted(
            name,
            command.getFirst(),
            String.join("\", \"", command.subList(1, command.size())),
            more);
  }
}
