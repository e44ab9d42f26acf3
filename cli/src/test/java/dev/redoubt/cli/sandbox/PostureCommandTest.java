// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostureCommandTest {

  @TempDir private Path folder;
  @TempDir private Path home;

  @Test
  void everyBackendSaysWhatItHolds() throws IOException {
    Node posture = json();

    assertThat(posture.items("backends").stream().map(backend -> backend.text("name").orElse("")))
        .contains("local", "bubblewrap", "docker");
    assertThat(posture.items("backends"))
        .allSatisfy(backend -> assertThat(backend.items("controls")).hasSize(20));
  }

  @Test
  void aSandboxThatIsNoneIsNotShownAsIsolation() {
    assertThat(redoubt("posture", "--sandbox", "nothing").exitCode()).isEqualTo(2);
  }

  @Test
  void withoutConfigurationOnlyTheMissingIsolationWidens() throws IOException {
    assertThat(on()).containsExactly("no isolation");
  }

  @Test
  void whatIsConfiguredIsShownAsWidening() throws IOException {
    configure(
        """
        [options.sandbox]
        backend = "bubblewrap"
        env-pass = ["GH_TOKEN"]
        [options.sandbox.credentials.forge]
        for = "https://api.forge.example"
        from = "exec:pass show forge"
        variable = "FORGE_TOKEN"
        [advisories]
        sync = "auto"
        [[guard.rules]]
        effect = "allow"
        action = "run"
        command = "make *"
        """);

    assertThat(on())
        .containsExactly(
            "variables for commands",
            "own rules that allow",
            "credentials of the egress proxy",
            "connections by itself");
    assertThat(redoubt("posture").out())
        .contains("passed besides: GH_TOKEN")
        .contains("forge for https://api.forge.example, from exec:pass\n");
  }

  @Test
  void aBackendThatIsNotReadySaysWhy() throws IOException {
    configure(
        """
        [options.sandbox.docker]
        host = "unix:///nowhere/docker.sock"
        """);

    assertThat(redoubt("posture").out())
        .containsAnyOf("there is no engine at /nowhere/docker.sock", "there is no program");
  }

  @Test
  void nothingIsWritten() throws IOException {
    redoubt("posture");

    try (var files = Files.walk(home)) {
      assertThat(files).containsExactly(home);
    }
  }

  private List<String> on() throws IOException {
    return json().items("surfaces").stream()
        .filter(surface -> surface.isTrue("on"))
        .map(surface -> surface.text("name").orElse(""))
        .toList();
  }

  private Node json() throws IOException {
    Run run = redoubt("posture", "--json");
    assertThat(run.exitCode()).isZero();
    return Json.read(run.out().getBytes(StandardCharsets.UTF_8), Limits.SCAN);
  }

  private void configure(String text) throws IOException {
    Path config = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(config, text);
  }

  private Run redoubt(String... arguments) {
    return new Terminal(folder, home).redoubt(arguments);
  }
}
