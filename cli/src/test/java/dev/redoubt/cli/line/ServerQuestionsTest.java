// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ServerQuestionsTest {

  /* Asks for a city whenever its tool is called, and answers with what it got. */
  private static final String SERVER =
      """
      while IFS= read -r line; do
        id=${line#*'"id":'}
        id=${id%%,*}
        case "$line" in
          *'"method":"initialize"'*)
            printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"trips","version":"1"}}}\\n' "$id" ;;
          *'"method":"tools/list"'*)
            printf '{"jsonrpc":"2.0","id":%s,"result":{"tools":[{"name":"book","inputSchema":{"type":"object"}}]}}\\n' "$id" ;;
          *'"method":"tools/call"'*)
            printf '{"jsonrpc":"2.0","id":"q","method":"elicitation/create","params":{"message":"Where to?","requestedSchema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}\\n'
            IFS= read -r answer
            answer=$(printf '%s' "$answer" | sed 's/"/\\\\"/g')
            printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"heard %s"}]}}\\n' "$id" "$answer" ;;
          *'"id":'*)
            printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no such method"}}\\n' "$id" ;;
        esac
      done
      """;

  @TempDir private Path folder;
  @TempDir private Path home;
  @TempDir private Path place;

  private ScriptedProvider provider() throws IOException {
    Path script = Files.writeString(place.resolve("server.sh"), SERVER);
    Path config = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config, "[mcp.servers.trips]\ncommand = \"sh\"\nargs = [\"%s\"]\n".formatted(script));
    return ScriptedProvider.start(
        Dialect.OPENAI_CHAT, Reply.call("mcp__trips__book", "{}"), Reply.say("Booked."));
  }

  @Test
  void thePersonAtTheTerminalIsAskedWhatAServerWantsToKnow() throws IOException {
    try (ScriptedProvider provider = provider()) {
      try (Sitting person =
          new Sitting(
              folder,
              home,
              "--provider-url",
              provider.url(),
              "--model",
              "scripted",
              "--allow",
              "tool:trips/book")) {
        person
            .prompts("book it")
            .sees("The MCP server trips wants to know: Where to?")
            .sees("city (string, needed)")
            .sees("Number, or your own words: ")
            .types("1")
            .sees("Answer: ")
            .types("Ghent")
            .sees("This goes to the MCP server trips:")
            .sees("city: \"Ghent\"")
            .sees("Number, or your own words: ")
            .types("1")
            .sees("Booked.");
      }
      assertThat(provider.asked().getLast().body())
          .contains("heard", "accept")
          .containsPattern("city[^a-zA-Z]+Ghent");
    }
  }

  @Test
  void withoutAPersonAServerIsToldThatNobodyIsThere() throws IOException {
    try (ScriptedProvider provider = provider()) {
      new Terminal(folder, home)
          .withVariable("OPENAI_API_KEY", "x")
          .withRealTime()
          .redoubt(
              "run",
              "book it",
              "--provider-url",
              provider.url(),
              "--model",
              "scripted",
              "--allow",
              "tool:trips/book");
      assertThat(provider.asked().getLast().body()).contains("nobody is there to answer");
    }
  }
}
