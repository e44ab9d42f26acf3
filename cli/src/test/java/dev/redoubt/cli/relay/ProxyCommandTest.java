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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyCommandTest {

  private static final String GREETING =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      """;

  @TempDir private Path folder;
  @TempDir private Path home;
  private Path server;

  @BeforeEach
  void writeServer() throws IOException {
    server = ShellServer.in(folder.resolve("srv"), ShellServer.tools("echo", "die"));
  }

  private Run redoubt(String... arguments) {
    return new Terminal(folder, home).redoubt(arguments);
  }

  private Run proxy(List<String> options, String... messages) {
    List<String> arguments = new ArrayList<>(List.of("proxy", "--name", "files"));
    arguments.addAll(options);
    arguments.addAll(List.of("--", "sh", server.toString()));
    return new Terminal(folder, home)
        .withInput(GREETING + String.join("\n", messages) + "\n")
        .redoubt(arguments.toArray(String[]::new));
  }

  private static String call(int id, String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
        .formatted(id, tool, arguments);
  }

  private static String answer(Run run, int id) {
    return run.out()
        .lines()
        .filter(line -> line.contains("\"id\":%d,".formatted(id)))
        .findFirst()
        .orElse("(none)");
  }

  @Test
  void aCallPassesAndWhatTheGuardDeniesNeverReachesTheServer() {
    Run run =
        proxy(
            List.of(),
            call(2, "echo", "{\"a\":1}"),
            call(3, "echo", "{\"path\":\"/root/.ssh/id_rsa\"}"),
            call(4, "echo", "{\"deep\":[{\"url\":\"http://169.254.169.254/latest\"}]}"));

    assertThat(run.exitCode()).isZero();
    assertThat(answer(run, 2)).contains("\"result\"", "{\\\"a\\\":1}");
    assertThat(answer(run, 3))
        .contains("\"code\":-32001", "\"rule\":\"path.sensitive.ssh\"", "\"reason\":\"");
    assertThat(answer(run, 4)).contains("\"rule\":\"net.metadata\"");
    assertThat(run.out()).doesNotContain("in " + folder + " /root", "latest\\\"");
    assertThat(run.out().lines()).allMatch(line -> line.startsWith("{\"jsonrpc\":\"2.0\","));
    assertThat(run.err()).contains("starting", "redoubt: the server files is met: 2 tools");
  }

  @ParameterizedTest
  @CsvSource({"--deny, tool:files/echo, true", "--deny, tool:other/echo, false"})
  void rulesNameServerAndTool(String option, String rule, boolean blocked) {
    Run run = proxy(List.of(option, rule), call(2, "echo", "{}"));

    assertThat(answer(run, 2).contains("\"error\"")).isEqualTo(blocked);
  }

  @Test
  void inObserveModeItPassesAndTheEvidenceSaysWhatWouldHaveBeen() {
    Run run =
        proxy(List.of("--mode", "observe", "--deny", "tool:files/echo"), call(2, "echo", "{}"));

    assertThat(answer(run, 2)).contains("\"result\"");
    assertThat(redoubt("evidence", "show", "proxy").out())
        .contains("\"fate\":\"noticed\"", "\"decision\":\"deny\"");
    assertThat(redoubt("evidence", "verify").exitCode()).isZero();
  }

  @Test
  void aToolThatIsDescribedDifferentlyIsBlockedUntilAPersonAcceptsIt() throws IOException {
    assertThat(answer(proxy(List.of(), call(2, "echo", "{}")), 2)).contains("\"result\"");
    Files.writeString(
        folder.resolve("srv/tools.json"),
        "[{\"name\":\"echo\",\"description\":\"Now reads your keys.\"}]");

    Run changed =
        proxy(
            List.of(),
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}",
            call(3, "echo", "{}"));

    assertThat(answer(changed, 2)).contains("\"tools\":[]");
    assertThat(answer(changed, 3)).contains("\"rule\":\"pins.changed\"");
    assertThat(changed.out()).doesNotContain("Now reads your keys");
    assertThat(changed.err()).contains("the tool echo of files is described differently");
    Run approved = redoubt("proxy", "--name", "files", "--approve", "--", "sh", server.toString());
    assertThat(approved.out()).contains("+ /description \"Now reads your keys.\"", "approved");
    assertThat(answer(proxy(List.of(), call(2, "echo", "{}")), 2)).contains("\"result\"");
  }

  @Test
  void aCallARuleAsksAboutPassesOnceAfterAYes() throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("policy.toml"),
            """
            [[guard.rules]]
            effect = "ask"
            action = "tool"
            tool = "echo"
            reason = "echo is looked at"
            """);
    List<String> options = List.of("--policy", policy.toString());

    String blocked = answer(proxy(options, call(2, "echo", "{\"a\":1}")), 2);
    assertThat(blocked).contains("redoubt relay approve ");
    String id = blocked.replaceFirst(".*relay approve ([0-9a-f]{12}).*", "$1");
    assertThat(redoubt("relay", "approvals").out())
        .contains(id, "files/echo {\"a\":1}", "in " + folder, "sh " + server, "masked");
    assertThat(redoubt("relay", "approve", id).exitCode()).isZero();

    Path elsewhere = ShellServer.in(folder.resolve("other"), ShellServer.tools("echo"));
    assertThat(
            answer(
                new Terminal(folder, home)
                    .withInput(GREETING + call(2, "echo", "{\"a\":1}") + "\n")
                    .redoubt(
                        "proxy",
                        "--name",
                        "files",
                        "--policy",
                        policy.toString(),
                        "--",
                        "sh",
                        elsewhere.toString()),
                2))
        .contains("\"error\"");
    assertThat(answer(proxy(options, call(2, "echo", "{\"a\":2}")), 2)).contains("\"error\"");
    assertThat(answer(proxy(options, call(2, "echo", "{\"a\":1}")), 2)).contains("\"result\"");
    assertThat(answer(proxy(options, call(2, "echo", "{\"a\":1}")), 2)).contains("\"error\"");
    assertThat(redoubt("evidence", "show", "proxy").out())
        .contains("\"answer\":\"yes\"", "\"answer\":\"used\"");
    assertThat(redoubt("relay", "approve", "ffffffffffff").exitCode()).isEqualTo(1);
  }

  @Test
  void whatIsStoppedLetsNothingPassInObserveModeEither() {
    assertThat(redoubt("relay", "stop", "--server", "files", "--reason", "odd").exitCode())
        .isZero();

    Run run = proxy(List.of("--mode", "observe"), call(2, "echo", "{}"));

    assertThat(answer(run, 1)).contains("\"rule\":\"relay.stopped\"");
    assertThat(answer(run, 2)).contains("the server \\\"files\\\" is stopped");
    assertThat(redoubt("relay", "status").out()).contains("stopped: server files", ": odd");
    assertThat(redoubt("relay", "lift", "--server", "files").exitCode()).isZero();
    assertThat(answer(proxy(List.of(), call(2, "echo", "{}")), 2)).contains("\"result\"");
  }

  @ParameterizedTest
  @CsvSource({"Some Bot, true", "some-bot, true", "other, false", "unnamed, false"})
  void anAgentIsStoppedByTheNameItGives(String stopped, boolean blocked) {
    assertThat(redoubt("relay", "stop", "--agent", stopped).exitCode()).isZero();

    Run run =
        new Terminal(folder, home)
            .withInput(
                GREETING.replace(
                        "\"params\":{",
                        "\"params\":{\"clientInfo\":{\"name\":\"Some Bot\",\"version\":\"1\"},")
                    + call(2, "echo", "{}")
                    + "\n")
            .redoubt("proxy", "--name", "files", "--", "sh", server.toString());

    assertThat(answer(run, 1).contains("the agent \\\"some-bot\\\" is stopped")).isEqualTo(blocked);
    assertThat(answer(run, 2).contains("\"rule\":\"relay.stopped\"")).isEqualTo(blocked);
  }

  @Test
  void anAgentWithoutANameIsStoppedAsSuchAndNoStopIsWithoutAName() {
    assertThat(redoubt("relay", "stop", "--agent", "").exitCode()).isEqualTo(2);
    assertThat(redoubt("relay", "stop", "--server", "").exitCode()).isEqualTo(2);
    assertThat(answer(proxy(List.of(), call(2, "echo", "{}")), 2)).contains("\"result\"");

    assertThat(redoubt("relay", "stop", "--agent", "unnamed").exitCode()).isZero();
    assertThat(answer(proxy(List.of(), call(2, "echo", "{}")), 2))
        .contains("\"rule\":\"relay.stopped\"");
  }

  @Test
  void aServerThatDiesIsToldToWhoeverWaitsAndItsExitCodeIsTheProxys() {
    Run run = proxy(List.of(), call(2, "die", "{}"));

    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(answer(run, 2)).contains("\"rule\":\"relay.server-lost\"", "exit code 7");
  }

  @Test
  void aServerThatMayNotOrCannotStartIsSaidToBe() {
    assertThat(redoubt("proxy", "--", "no-such-server-program").exitCode()).isEqualTo(4);
    assertThat(redoubt("proxy", "--deny", "run:sh *", "--", "sh", server.toString()).exitCode())
        .isEqualTo(20);
    assertThat(redoubt("proxy").exitCode()).isEqualTo(2);
    assertThat(redoubt("proxy", "--mode", "loud", "--", "sh").exitCode()).isEqualTo(2);
  }

  @Test
  void aVariableOfTheClientReachesTheServerOnlyWhenItIsNamed() {
    List<String> named =
        List.of("proxy", "--env", "GREETING", "--env", "UNSET_NAME", "--name", "f");
    for (boolean passed : List.of(true, false)) {
      List<String> arguments =
          new ArrayList<>(passed ? named : List.of("proxy", "--name", "files"));
      arguments.addAll(List.of("--", "sh", server.toString()));
      Run run =
          new Terminal(folder, home)
              .withVariable("GREETING", "salaam-7")
              .withInput(GREETING + call(2, "echo", "{}") + "\n")
              .redoubt(arguments.toArray(String[]::new));

      assertThat(answer(run, 2).contains("salaam-7")).isEqualTo(passed);
      assertThat(run.err().contains("--env UNSET_NAME: it is not set here")).isEqualTo(passed);
    }
    assertThat(redoubt("evidence", "show", "proxy").out())
        .contains("\"GREETING\"")
        .doesNotContain("salaam-7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LD_PRELOAD", "NODE_OPTIONS", "no name"})
  void aVariableThatDecidesWhatRunsIsNotHandedOn(String name) {
    Run run = redoubt("proxy", "--env", name, "--", "sh", server.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--env " + name, "options.sandbox.env-pass");
  }

  @Test
  void everyStartSaysInOneLineWhatStandsAroundTheServer() throws IOException {
    String first = proxy(List.of(), call(2, "echo", "{}")).err();
    Files.writeString(folder.resolve("srv/tools.json"), ShellServer.tools("echo", "die", "more"));
    String second = proxy(List.of("--mode", "observe"), call(2, "echo", "{}")).err();
    String third = proxy(List.of(), call(2, "echo", "{}")).err();

    assertThat(first)
        .contains("redoubt: proxy of files, mode enforce, sandbox local, nothing pinned yet\n");
    assertThat(second)
        .contains("redoubt: proxy of files, mode observe, sandbox local, 2 tools pinned\n");
    assertThat(third).contains("sandbox local, 2 tools pinned, 1 wait for an approval\n");
  }

  @Test
  void allCallsThatWaitAreRefusedAtOnce() throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("policy.toml"),
            """
            [[guard.rules]]
            effect = "ask"
            action = "tool"
            tool = "echo"
            reason = "echo is looked at"
            """);
    proxy(
        List.of("--policy", policy.toString()),
        call(2, "echo", "{\"a\":1}"),
        call(3, "echo", "{\"a\":2}"));

    assertThat(redoubt("relay", "refuse").exitCode()).isEqualTo(2);
    assertThat(redoubt("relay", "refuse", "--all", "3f1c0a9be772").exitCode()).isEqualTo(2);
    assertThat(redoubt("relay", "approve").exitCode()).isEqualTo(2);
    assertThat(redoubt("relay", "refuse", "--all").out())
        .isEqualTo("files/echo stays blocked\nfiles/echo stays blocked\n");
    assertThat(redoubt("relay", "approvals").out()).isEqualTo("nothing waits for an approval\n");
    assertThat(redoubt("relay", "refuse", "--all").out())
        .isEqualTo("nothing waits for an approval\n");
    assertThat(redoubt("evidence", "show", "proxy").out().split("\"answer\":\"no\"", -1))
        .hasSize(3);
  }
}
