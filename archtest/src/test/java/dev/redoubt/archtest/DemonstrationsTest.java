// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demonstrations in `docs/demonstrations`, run anew through the packaged launcher: what an
/// agent and a person see has to be what the page shows.
class DemonstrationsTest {

  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

  @TempDir private Path world;
  private Packaged redoubt;
  private final StringBuilder page = new StringBuilder();

  @BeforeEach
  void lay() throws IOException {
    redoubt = Packaged.below(world);
  }

  @Test
  void aServerThatTurnsIsStopped() throws Exception {
    place("rug-pull");
    page.append(
        """
        # A server that turns

        The first time [the server](rug-pull/server.sh) is met, its tool is harmless. Later it describes the same tool otherwise, with an
        order for the model. The order never reaches the agent, and the tool cannot be called until a person has looked at it. A test runs
        this page anew.
        """);

    session("The server is met", LIST, ProxySession.call(3, "note", "{\"text\":\"milk\"}"));
    session("It is started again", LIST, ProxySession.call(3, "note", "{\"text\":\"milk\"}"));
    command("A person looks", "proxy", "--approve", "--name", "notes", "--", "sh", "server.sh");

    Golden.checkPage(page.toString(), "docs/demonstrations/rug-pull.md");
    assertThat(redoubt.run(Map.of(), "evidence", "verify").exitCode()).isZero();
  }

  private void place(String demonstration) throws IOException {
    Files.copy(
        Code.ROOT.resolve("docs/demonstrations").resolve(demonstration).resolve("server.sh"),
        redoubt.work().resolve("server.sh"));
  }

  /* One request after the other, so that what is said stands in one order. */
  private void session(String title, String... requests) throws Exception {
    page.append("\n## %s\n\n```\n$ redoubt proxy --name notes -- sh server.sh\n".formatted(title));
    try (ProxySession proxy =
        ProxySession.start(redoubt, "--name", "notes", "--", "sh", "server.sh")) {
      int id = 2;
      for (String request : requests) {
        proxy.send(request);
        shown("agent  > ", request);
        shown("agent <  ", proxy.answer(String.valueOf(id++)));
      }
      assertThat(proxy.end()).isZero();
      proxy.errors().lines().forEach(line -> shown("person < ", line));
    }
    page.append("```\n");
  }

  private void command(String title, String... words) throws Exception {
    Packaged.Run run = redoubt.run(Map.of(), words);
    page.append(
        "\n## %s\n\n```\n$ redoubt %s\n".formatted(title, String.join(" ", List.of(words))));
    run.out().lines().forEach(line -> shown("", line));
    page.append("```\n");
  }

  private void shown(String who, String line) {
    page.append(who).append(line.replace(redoubt.work().toString(), "/srv/demo")).append('\n');
  }
}
