// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.cli.servers.ShellServer;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxMountOptionTest {

  private static final String CALL =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{}}}
      """;

  @TempDir private Path folder;
  @TempDir private Path home;
  private Path server;

  @BeforeEach
  void writeServer() throws IOException {
    server = ShellServer.in(home.toRealPath().resolve("srv"), ShellServer.tools("echo"));
  }

  private Run proxy(String sandbox, String server, String... mounts) {
    List<String> words = new ArrayList<>(List.of("proxy", "--name", "files", "--sandbox", sandbox));
    for (String mount : mounts) {
      words.addAll(List.of("--sandbox-mount", mount));
    }
    words.addAll(List.of("--", "sh", server));
    return new Terminal(folder, home).withInput(CALL).redoubt(words.toArray(String[]::new));
  }

  @Test
  @NeedsEngine("bwrap")
  void aServerSeesWhatIsMountedAndNothingElse() {
    String mount = server.getParent().toString();

    assertThat(proxy("bubblewrap", server.toString()).out()).doesNotContain("\"result\"");
    assertThat(proxy("bubblewrap", server.toString(), mount).out()).contains("\"id\":2,\"result\"");
    assertThat(proxy("bubblewrap", "/mnt/server/server.sh", mount + ":/mnt/server:rw").out())
        .contains("\"id\":2,\"result\"");
  }

  @ParameterizedTest
  @CsvSource({
    "bubblewrap, /, the whole machine",
    "bubblewrap, /etc:/mnt/etc, holds the home of somebody",
    "bubblewrap, HOME, holds the home of somebody",
    "bubblewrap, HOME/srv:relative, is not SRC[:DST][:rw]",
    "bubblewrap, :/mnt/x, is not SRC[:DST][:rw]",
    "bubblewrap, HOME/srv:/usr/bin, is none of these",
    "local, HOME/srv, sees every file of this user already",
  })
  @NeedsEngine("bwrap")
  void aMountThatIsRefusedStartsNothing(String sandbox, String mount, String reason)
      throws IOException {
    Run run =
        proxy(sandbox, server.toString(), mount.replace("HOME", home.toRealPath().toString()));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--sandbox-mount", reason).doesNotContain("starting");
  }

  @Test
  void aServerSomewhereElseSeesNothingOfThisMachine() {
    assertThat(
            new Terminal(folder, home)
                .redoubt("proxy", "--url", "https://x.example/mcp", "--sandbox-mount", "/srv/data")
                .exitCode())
        .isEqualTo(2);
  }
}
