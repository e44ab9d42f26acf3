// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.cli.servers.ShellServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaySettingsTest {

  private static final String GREETING =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      """;

  @TempDir private Path folder;
  @TempDir private Path home;

  private Run proxy(String configuration, List<String> options, String... arguments)
      throws IOException {
    Path file = Files.writeString(home.resolve("own.toml"), configuration);
    Path server = ShellServer.in(folder.resolve("srv"), ShellServer.tools("echo"));
    List<String> words =
        new ArrayList<>(List.of("--config", file.toString(), "proxy", "--name", "files"));
    words.addAll(options);
    words.addAll(List.of("--", "sh", server.toString()));
    StringBuilder input = new StringBuilder(GREETING);
    for (int i = 0; i < arguments.length; i++) {
      input.append(
          "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":%s}}\n"
              .formatted(2 + i, arguments[i]));
    }
    return new Terminal(folder, home)
        .withInput(input.toString())
        .redoubt(words.toArray(String[]::new));
  }

  private static String answer(Run run, int id) {
    return run.out()
        .lines()
        .filter(line -> line.contains("\"id\":%d,".formatted(id)))
        .findFirst()
        .orElse("(none)");
  }

  @Test
  void aDaysLimitHoldsAcrossProxies() throws IOException {
    String limit =
        """
        [[relay.limits]]
        name = "few"
        server = "fi*"
        tool = "echo"
        calls-per-day = 2
        zone = "UTC"
        """;

    Run one = proxy(limit, List.of(), "{\"a\":1}");
    Run two = proxy(limit, List.of(), "{\"a\":2}", "{\"a\":3}");

    assertThat(answer(one, 2)).contains("\"result\"");
    assertThat(List.of(answer(two, 2), answer(two, 3)))
        .filteredOn(line -> line.contains("\"result\""))
        .hasSize(1);
    assertThat(two.out()).contains("\"rule\":\"limits.few\"", "; again at ");
  }

  @Test
  void aRuleHasTheModeThatTheConfigurationGivesIt() throws IOException {
    String modes =
        """
        [relay.modes]
        "path.*" = "observe"
        """;
    String read = "{\"path\":\"/root/.ssh/id_rsa\"}";
    String inner = "{\"url\":\"http://169.254.169.254/\"}";

    Run run = proxy(modes, List.of(), read, inner);
    assertThat(answer(run, 2)).contains("\"result\"");
    assertThat(answer(run, 3)).contains("\"rule\":\"net.metadata\"");

    Run observed = proxy("[relay]\nmode = \"observe\"\n", List.of(), read);
    assertThat(answer(observed, 2)).contains("\"result\"");
    Run typed = proxy("[relay]\nmode = \"observe\"\n", List.of("--mode", "enforce"), read);
    assertThat(answer(typed, 2)).contains("path.sensitive.ssh");
    Run turned =
        proxy("[relay.modes]\n\"path.*\" = \"enforce\"\n", List.of("--mode", "observe"), read);
    assertThat(answer(turned, 2)).contains("path.sensitive.ssh");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [relay]^mod = "x"                                                  | :2: there is no key "relay.mod"
          [relay]^mode = "x"                                                 | :2: relay.mode is not "enforce" or "observe"
          [relay.modes]^"pins.*" = "off"                                     | :2: relay.modes.pins.* is not "enforce" or "observe"
          [relay.modes]^"relay.malformed" = "observe"                        | has no mode
          [relay.modes]^"gate.guard-failed" = "observe"                      | has no mode
          [relay.modes]^"pins*" = "observe"                                  | is no rule and no family
          [relay.modes]^"*.changed" = "observe"                              | is no rule and no family
          [[relay.limits]]^calls-per-day = 1                                 | relay.limits.name is needed
          [[relay.limits]]^name = "a"                                        | limits nothing
          [[relay.limits]]^name = "a"^calls-per-day = 0                      | :3: relay.limits.calls-per-day is no number from 1
          [[relay.limits]]^name = "a"^between = "8-18"                       | :3: relay.limits.between is not in the manner
          [[relay.limits]]^name = "a"^days = ["mo"]                          | :3: relay.limits.days has "mo"
          [[relay.limits]]^name = "a"^between = "08:00-09:00"^zone = "Mars"  | :4: relay.limits.zone is no zone
          [[relay.limits]]^name = "a"^calls-per-day = 1^each = ["x"]         | :4: relay.limits.each lists
          [[relay.limits]]^name = "a"^calls-a-day = 1                        | :3: there is no key "relay.limits.calls-a-day"
          """)
  void aMistakeStartsNothing(String configuration, String message) throws IOException {
    Run run = proxy(configuration.replace('^', '\n'), List.of(), "{}");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("own.toml", message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void outsideOfItsTimesAToolIsClosed() throws IOException {
    Run closed =
        proxy(
            """
            [[relay.limits]]
            name = "never-now"
            between = "03:00-03:01"
            zone = "UTC"

            [[relay.limits]]
            name = "nor-then"
            between = "15:00-15:01"
            zone = "UTC"
            """,
            List.of(),
            "{}");

    assertThat(answer(closed, 2)).contains("\"rule\":\"limits.n", "it is not the time; again at ");
  }
}
