// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.cli.servers.ShellServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeforeStartTest {

  private static final String GREETING =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{}}}
      """;
  /* SHA-512 of "weather-mcp", as npx names the folder of what it fetched. */
  private static final String FETCHED = ".npm/_npx/4fba13d51aeb5863/node_modules";

  @TempDir private Path folder;
  @TempDir private Path home;
  private Path bin;
  private Path config;

  /* A launcher that starts the server, whatever it is told to fetch. */
  @BeforeEach
  void writeLauncher() throws IOException {
    Path server = ShellServer.in(folder.resolve("srv"), ShellServer.tools("echo"));
    bin = Files.createDirectory(folder.resolve("bin"));
    Path npx = Files.writeString(bin.resolve("npx"), "#!/bin/sh\nexec sh " + server + "\n");
    Files.setPosixFilePermissions(npx, PosixFilePermissions.fromString("rwx------"));
    config = home.resolve("own.toml");
    Files.writeString(config, "");
  }

  private Run redoubt(String... arguments) {
    return new Terminal(folder, home)
        .withVariable("PATH", bin + ":" + System.getenv("PATH"))
        .withInput(GREETING)
        .redoubt(arguments);
  }

  private Run proxy(String packageSpec, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString(), "proxy"));
    arguments.addAll(List.of("--name", "weather"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--", "npx", "-y", packageSpec));
    return redoubt(arguments.toArray(String[]::new));
  }

  private void advise(String id, String versions, String severity) throws IOException {
    Path records = Files.createDirectories(folder.resolve("osv"));
    Files.writeString(
        records.resolve(id + ".json"),
        """
        {"id": "%s", "modified": "2026-01-02T00:00:00Z", "summary": "bad",
         "severity": [{"type": "CVSS_V3", "score": "%s"}],
         "affected": [{"package": {"ecosystem": "npm", "name": "weather-mcp"},
          "versions": [%s]}]}
        """
            .formatted(id, severity, versions));
    Run imported = redoubt("db", "import", records.toString());
    assertThat(imported.exitCode()).as(imported.err()).isZero();
  }

  private Path install(Path modules, String version, String code) throws IOException {
    Path place = Files.createDirectories(modules.resolve("weather-mcp/dist")).getParent();
    Files.writeString(place.resolve("package.json"), "{\"version\":\"%s\"}".formatted(version));
    Files.writeString(place.resolve("dist/index.js"), code);
    Files.writeString(
        modules.resolve(".package-lock.json"),
        "{\"packages\":{\"node_modules/left-pad\":{\"version\":\"1.0.0\",\"integrity\":\"sha512-a\"}}}");
    return modules;
  }

  private static final String WORST = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H";
  private static final String BAD = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N";

  @ParameterizedTest
  @CsvSource({"enforce", "observe"})
  void aMaliciousPackageIsNeverStarted(String mode) throws IOException {
    advise("MAL-2026-7", "\"1.2.3\"", BAD);

    Run run = proxy("weather-mcp@1.2.3", "--mode", mode);

    assertThat(run.exitCode()).isEqualTo(20);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "redoubt: the server weather is not started: pkg:npm/weather-mcp@1.2.3 is malicious"
                + " (MAL-2026-7)  (relay.findings)\n");
    assertThat(redoubt("evidence", "show", "proxy").out())
        .contains(" findings proxy ", "is malicious (MAL-2026-7)");
    assertThat(proxy("weather-mcp@1.2.4").out()).contains("\"id\":2,\"result\"");
  }

  @ParameterizedTest
  @CsvSource({
    "critical, '', 20",
    "high, '', 0",
    "high, high, 20",
    "high, medium, 20",
    "critical, none, 0",
  })
  void aVulnerablePackageIsNotStartedFromTheConfiguredSeverityOn(
      String severity, String configured, int exit) throws IOException {
    advise("CVE-2026-5", "\"1.2.3\"", severity.equals("critical") ? WORST : BAD);
    if (!configured.isEmpty()) {
      Files.writeString(config, "[relay]\nblock-severity = \"%s\"\n".formatted(configured));
    }

    Run run = proxy("weather-mcp@1.2.3");

    assertThat(run.exitCode()).isEqualTo(exit);
    assertThat(run.err())
        .contains(
            (exit == 0 ? "known of its package: " : "is not started: ")
                + "pkg:npm/weather-mcp@1.2.3 is "
                + severity
                + " (CVE-2026-5)");
  }

  @Test
  void theVersionThatIsInstalledCountsWhenTheCommandNamesNone() throws IOException {
    advise("MAL-2026-7", "\"1.2.3\"", BAD);
    install(folder.resolve("node_modules"), "1.2.3", "1");

    assertThat(proxy("weather-mcp").err()).contains("pkg:npm/weather-mcp@1.2.3 is malicious");
  }

  @Test
  void withoutAdvisoriesItStartsAndSaysSoUnlessThatIsConfiguredOtherwise() throws IOException {
    Run started = proxy("weather-mcp@1.2.3");
    assertThat(started.exitCode()).isZero();
    assertThat(started.err())
        .contains("redoubt: its package is not checked: no advisories for npm; run redoubt db");

    Files.writeString(config, "[relay]\nwithout-advisories = \"refuse\"\n");
    Run refused = proxy("weather-mcp@1.2.3");
    assertThat(refused.exitCode()).isEqualTo(20);
    assertThat(refused.err()).contains("not checked: no advisories for npm");

    Files.writeString(config, "[relay]\nwithout-advisory = \"refuse\"\n");
    assertThat(proxy("weather-mcp@1.2.3").exitCode()).isEqualTo(2);
  }

  @Test
  void filesThatAreNotThePinnedOnesStopTheServerUntilAPersonAcceptsThem() throws IOException {
    Path modules = home.resolve(FETCHED);

    Run before = proxy("weather-mcp");
    assertThat(before.err()).contains("the files of pkg:npm/weather-mcp are not known yet");
    install(modules, "1.0.0", "good");
    Run first = proxy("weather-mcp");
    assertThat(first.err()).contains("redoubt: pinned: pkg:npm/weather-mcp in " + modules);
    assertThat(first.exitCode()).isZero();
    assertThat(proxy("weather-mcp").err()).doesNotContain("pinned: pkg");

    install(modules, "1.0.1", "evil");
    Run changed = proxy("weather-mcp");
    assertThat(changed.exitCode()).isEqualTo(20);
    assertThat(changed.out()).isEmpty();
    assertThat(changed.err())
        .contains(
            "  - /files/dist/index.js \"",
            "  + /files/dist/index.js \"",
            "  - /version \"1.0.0\"",
            "  + /version \"1.0.1\"",
            "redoubt proxy --approve --name weather",
            "(pins.package)");
    Run observed = proxy("weather-mcp", "--mode", "observe");
    assertThat(observed.exitCode()).isZero();
    assertThat(observed.err()).contains("  + /version \"1.0.1\"");

    Run approved = proxy("weather-mcp", "--approve");
    assertThat(approved.out())
        .startsWith("pkg:npm/weather-mcp in " + modules + " is different\n")
        .contains("  + /version \"1.0.1\"")
        .endsWith("approved\n");
    assertThat(proxy("weather-mcp").exitCode()).isZero();
  }

  @Test
  void aDependencyAScriptAndAnythingThatGoesBeforeAreHeldToo() throws IOException {
    Path modules = install(folder.resolve("node_modules"), "1.0.0", "good");
    assertThat(proxy("weather-mcp").exitCode()).isZero();
    Files.writeString(
        modules.resolve(".package-lock.json"),
        "{\"packages\":{\"node_modules/left-pad\":{\"version\":\"1.0.0\",\"integrity\":\"sha512-b\"}}}");
    assertThat(proxy("weather-mcp").err())
        .contains("+ /dependencies/node_modules/left-pad \"1.0.0 sha512-b\"", "(pins.package)");
    assertThat(proxy("weather-mcp", "--approve").exitCode()).isZero();

    Files.delete(modules.resolve("weather-mcp/package.json"));
    assertThat(proxy("weather-mcp").err()).contains("+ /installed false", "(pins.package)");

    Path script = folder.resolve("srv/server.sh");
    String[] command = {"proxy", "--name", "s", "--", "sh", script.toString()};
    assertThat(redoubt(command).exitCode()).isZero();
    Files.writeString(script, Files.readString(script) + "\n# more\n");
    assertThat(redoubt(command).exitCode()).isEqualTo(20);
  }
}
