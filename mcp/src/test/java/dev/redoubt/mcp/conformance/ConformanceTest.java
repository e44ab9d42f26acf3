// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.npm.NpmPrograms;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The official suite against this client, with nothing that is expected to fail.
///
/// The suite starts a program for each scenario; what it starts here passes everything on to
/// [Driver], in this process.
@Timeout(600)
@NeedsEngine("npm")
class ConformanceTest {

  private static final String SUITE = "@modelcontextprotocol/conformance@0.2.0-alpha.12";
  /* PORT is the port of the drivers. */
  private static final String PASS_ON =
      """
      const told = [process.env.MCP_CONFORMANCE_SCENARIO, process.env.MCP_CONFORMANCE_PROTOCOL_VERSION,
        process.env.MCP_CONFORMANCE_CONTEXT || '', process.argv[process.argv.length - 1]];
      fetch('http://127.0.0.1:PORT/', {method: 'POST', body: JSON.stringify(told)}).then(async answer => {
        console.log(await answer.text());
        process.exitCode = answer.status === 200 ? 0 : 1;
      });
      """;

  @TempDir Path folder;
  private HttpServer drivers;

  @BeforeEach
  void listen() throws IOException {
    drivers = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    drivers.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    drivers.createContext("/", ConformanceTest::drive);
    drivers.start();
  }

  @AfterEach
  void stop() {
    drivers.stop(0);
  }

  private static void drive(HttpExchange exchange) throws IOException {
    StringWriter said = new StringWriter();
    int status = 200;
    try {
      List<String> told = new ArrayList<>();
      Json.read(exchange.getRequestBody().readAllBytes(), new Limits(1 << 20, 10, 100))
          .items()
          .forEach(item -> told.add(item.scalar().orElse("")));
      new Driver(told.get(0), told.get(1), told.get(2), told.get(3)).run();
    } catch (Exception e) {
      status = 500;
      e.printStackTrace(new PrintWriter(said, true));
    }
    byte[] body = said.toString().getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-07-28", "2025-11-25"})
  void everyRequiredScenarioPasses(String requirements) throws Exception {
    Path passOn = folder.resolve("pass-on.js");
    Files.writeString(
        passOn, PASS_ON.replace("PORT", Integer.toString(drivers.getAddress().getPort())));
    String node = NpmPrograms.node() + " " + passOn;
    Ran all = suite("--requirements", requirements, "--command", node);
    if (all.exit() != 0) {
      // Forty scenarios ran beside each other, and some of them measure time.
      assertThat(all.failed()).as(all.said()).isNotEmpty();
      for (String scenario : all.failed()) {
        Ran alone =
            suite(
                "--scenario",
                scenario,
                "--force",
                "--spec-version",
                requirements,
                "--command",
                node);
        assertThat(alone.exit()).as(alone.said()).isZero();
      }
    }
    // Not counted by the suite, and passed as well.
    assertThat(all.said())
        .contains(
            "✓ auth/client-credentials-jwt:",
            "✓ auth/client-credentials-basic:",
            "✓ json-schema-2020-12-preservation:");
  }

  private Ran suite(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(NpmPrograms.of(SUITE).command("conformance", "client"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--output-dir", folder.toString()));
    Path log = folder.resolve("log");
    Process suite =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int exit = suite.waitFor();
      return new Ran(exit, Files.readString(log));
    } finally {
      suite.descendants().forEach(ProcessHandle::destroyForcibly);
      suite.destroyForcibly();
    }
  }

  private record Ran(int exit, String said) {

    /* Of those that are required. */
    List<String> failed() {
      return said.lines()
          .filter(line -> line.startsWith("✗ "))
          .map(line -> line.substring(2, line.lastIndexOf(':')))
          .filter(scenario -> !said.contains("✗ " + scenario + " (extension)"))
          .toList();
    }
  }
}
