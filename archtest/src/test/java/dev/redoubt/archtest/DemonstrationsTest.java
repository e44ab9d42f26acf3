// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demonstrations in `docs/demonstrations`, run anew through the packaged launcher: what an
/// agent and a person see has to be what the page shows.
class DemonstrationsTest {

  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
  private static final String[] PARTS_OF_THE_TOKEN = {
    "ghp_A1", "b2C3d4", "E5f6G7", "h8J9k0", "L1m2N3", "p4Q5r6", "6S7t8"
  };

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
    String server = "proxy --name notes -- sh server.sh";
    String note = ProxySession.call(3, "note", "{\"text\":\"milk\"}");

    session("The server is met", server, LIST, note);
    session("It is started again", server, LIST, note);
    command("A person looks", 0, "proxy --approve --name notes -- sh server.sh");

    Golden.checkPage(page.toString(), "docs/demonstrations/rug-pull.md");
    assertThat(redoubt.run(Map.of(), "evidence", "verify").exitCode()).isZero();
  }

  @Test
  void aMaliciousPackageIsNotStarted() throws Exception {
    place("malicious-package");
    Path started = redoubt.work().resolve("started.txt");
    page.append(
        """
        # A malicious package

        A client would start an MCP server from a package that [an advisory](malicious-package/advisories/MAL-2026-7.json) calls malicious.
        It is not started, in whatever mode: [what stands in for npx here](malicious-package/npx) leaves a mark when it runs, and it never
        does. The same goes for a package with a vulnerability of a severity that is [configured](malicious-package/strict.toml). A version
        of which nothing bad is known starts. A test runs this page anew.
        """);

    command("What is known is taken in", 0, "db import advisories");
    command("The server is not started", 20, "proxy --name weather -- npx -y weather-mcp@1.2.3");
    command(
        "Nor is it when the proxy only observes",
        20,
        "proxy --name weather --mode observe -- npx -y weather-mcp@1.2.3");
    command(
        "Nor is one with a high vulnerability",
        20,
        "--config strict.toml proxy --name weather -- npx -y weather-mcp@1.1.0");
    assertThat(started).doesNotExist();
    session(
        "Another version is",
        "proxy --name weather -- npx -y weather-mcp@1.2.4",
        ProxySession.call(2, "weather", "{\"place\":\"Hamburg\"}"));

    assertThat(started).hasContent("-y weather-mcp@1.2.4");
    Golden.checkPage(page.toString(), "docs/demonstrations/malicious-package.md");
    assertThat(redoubt.run(Map.of(), "evidence", "show", "proxy").out())
        .contains("is malicious (MAL-2026-7)", "is high (CVE-2026-5)");
    assertThat(redoubt.run(Map.of(), "evidence", "verify").exitCode()).isZero();
  }

  @Test
  void aPoisonedToolIsNeitherListedNorCalled() throws Exception {
    place("poisoned-description");
    page.append(
        """
        # A poisoned description

        One of two tools of [the server](poisoned-description/server.sh) has a description that tells the model to hand over a key. The
        agent is not told of the tool, and cannot call it by its name either; the other tool works. A test runs this page anew, and looks
        that the server was never asked for the poisoned tool and that `redoubt evidence show proxy` names the detector.
        """);

    session(
        "The agent works with the server",
        "proxy --name sums -- sh server.sh",
        LIST,
        ProxySession.call(3, "subtract", "{\"a\":5,\"b\":2}"),
        ProxySession.call(4, "add", "{\"a\":1,\"b\":2}"));

    assertThat(redoubt.work().resolve("called.txt")).hasContent("subtract");
    assertThat(page.toString()).doesNotContain("id_rsa");
    Golden.checkPage(page.toString(), "docs/demonstrations/poisoned-description.md");
    assertThat(redoubt.run(Map.of(), "evidence", "show", "proxy").out()).contains("mcp.poisoning");
    assertThat(redoubt.run(Map.of(), "evidence", "verify").exitCode()).isZero();
  }

  @Test
  void aLeakedTokenIsTakenOut() throws Exception {
    place("leaked-token");
    page.append(
        """
        # A leaked token

        [The server](leaked-token/server.sh) lets a token slip, once in a result and once in an error. The agent gets both without the
        token. A test runs this page anew, and looks that nothing the proxy wrote has a part of it, the evidence included.
        """);

    session(
        "The agent works with the server",
        "proxy --name builds -- sh server.sh",
        ProxySession.call(2, "settings", "{}"),
        ProxySession.call(3, "publish", "{}"));

    Golden.checkPage(page.toString(), "docs/demonstrations/leaked-token.md");
    assertThat(written()).contains("mcp.credential").doesNotContain(PARTS_OF_THE_TOKEN);
    assertThat(redoubt.run(Map.of(), "evidence", "show", "proxy").out())
        .contains("mcp.credential")
        .doesNotContain(PARTS_OF_THE_TOKEN);
    assertThat(redoubt.run(Map.of(), "evidence", "verify").exitCode()).isZero();
  }

  /* Every byte below the home, where the data, the evidence and the errors are. */
  private String written() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(redoubt.home())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, ISO_8859_1));
      }
    }
    return all.toString();
  }

  private void place(String demonstration) throws IOException {
    Path from = Code.ROOT.resolve("docs/demonstrations").resolve(demonstration);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path top = Files.isExecutable(file) ? redoubt.programs() : redoubt.work();
        Path to = top.resolve(from.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /* One request after the other, so that what is said stands in one order. */
  private void session(String title, String command, String... requests) throws Exception {
    page.append("\n## %s\n\n```\n$ redoubt %s\n".formatted(title, command));
    String[] words = command.replaceFirst("proxy ", "").split(" ", -1);
    try (ProxySession proxy = ProxySession.start(redoubt, words)) {
      for (String request : requests) {
        proxy.send(request);
        shown("agent  > ", request);
        shown("agent <  ", proxy.answer(request.replaceFirst(".*?\"id\":([0-9]+).*", "$1")));
      }
      assertThat(proxy.end()).isZero();
      proxy.errors().lines().forEach(line -> shown("person < ", line));
    }
    page.append("```\n");
  }

  private void command(String title, int exit, String command) throws Exception {
    Packaged.Run run = redoubt.run(Map.of(), command.split(" ", -1));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exit);
    page.append("\n## %s\n\n```\n$ redoubt %s\n".formatted(title, command));
    run.out().lines().forEach(line -> shown("", line));
    if (exit != 0) {
      run.err().lines().forEach(line -> shown("", line));
      shown("", "exit code " + exit);
    }
    page.append("```\n");
  }

  private void shown(String who, String line) {
    // How small a database is compressed depends on the time in it.
    String same =
        line.replace(redoubt.work().toString(), "/srv/demo").replaceAll(", [0-9]+ bytes", "");
    page.append(who).append(same).append('\n');
  }
}
