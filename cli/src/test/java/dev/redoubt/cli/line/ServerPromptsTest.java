// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.servers.ShellServer;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ServerPromptsTest {

  @TempDir private Path folder;
  @TempDir private Path home;
  @TempDir private Path place;

  @BeforeEach
  void aServerHasAPrompt() throws IOException {
    ShellServer.withMore(place);
    Path script = ShellServer.in(place, ShellServer.tools("echo"));
    Path config = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config, "[mcp.servers.sh]\ncommand = \"sh\"\nargs = [\"%s\"]\n".formatted(script));
    Files.writeString(folder.resolve("secret.txt"), "the words of the secret");
  }

  private Sitting sit(ScriptedProvider provider, String... more) {
    String[] all = new String[4 + more.length];
    System.arraycopy(
        new String[] {"--provider-url", provider.url(), "--model", "scripted"}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return new Sitting(folder, home, all);
  }

  @Test
  void aPromptOfAServerIsTypedLikeACommandAndAttachesNothing() throws IOException {
    try (ScriptedProvider provider =
        ScriptedProvider.start(Dialect.OPENAI_CHAT, Reply.say("Greeted."))) {
      try (Sitting person = sit(provider)) {
        person
            .prompts("/mcp")
            .sees("/mcp:sh:greet who [how]  Greets somebody.")
            .prompts("/mcp:sh:greet")
            .sees("it needs who")
            .prompts("/mcp:sh:other x")
            .sees("no server that runs here has a prompt sh:other")
            .prompts("/mcp:sh:greet Ann")
            .sees("| Greet Ann, and look at @secret.txt")
            .sees("Greeted.");
      }
      assertThat(provider.asked()).hasSize(1);
      assertThat(provider.asked().getLast().body())
          .contains(
              "I chose the prompt \\\"greet\\\" of the MCP server sh", "Greet Ann, and look at")
          .doesNotContain("the words of the secret");
    }
  }

  @Test
  void aRuleThatDeniesItHolds() {
    try (ScriptedProvider provider =
        ScriptedProvider.start(Dialect.OPENAI_CHAT, Reply.say("Greeted."))) {
      try (Sitting person = sit(provider, "--deny", "tool:sh/prompts/get")) {
        person.prompts("/mcp:sh:greet Ann").sees("tool:sh/prompts/get").sees("\n> ");
      }
      assertThat(provider.asked()).isEmpty();
    }
  }
}
