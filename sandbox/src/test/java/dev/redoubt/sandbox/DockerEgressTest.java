// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.sandbox.egress.EgressEndpoint;
import dev.redoubt.sandbox.egress.EgressSettings;
import dev.redoubt.sandbox.egress.TestEgress;
import dev.redoubt.sandbox.network.TestNet;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.WallException;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The way out of a container: the real proxy with the real gate, and nothing else.
@NeedsEngine(value = "dockerd", right = NeedsEngine.Right.ROOT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock("container engine")
class DockerEgressTest {

  private static final EgressEndpoint.Port INSIDE = new EgressEndpoint.Port("127.0.0.1", 18118, "");

  @TempDir private static Path folder;
  private static HttpServer server;
  private static TestNet net;
  private static TestEgress egress;
  private static Enclosed walled;

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = "from outside".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    net =
        new TestNet()
            .name(
                "docs.example",
                Stream.generate(() -> "93.184.216.34").limit(50).toArray(String[]::new))
            .server("93.184.216.34:80", server.getAddress().getPort())
            .server("93.184.216.34:8080", server.getAddress().getPort());
    egress = new TestEgress(net).allow("docs.example:80", "docs.example:8080");
    Path socket = folder.toRealPath().resolve("way").resolve("proxy");
    egress.onSocket(socket);
    walled = open(socket, folder.resolve("session"));
  }

  private static Enclosed open(Path socket, Path session) throws IOException, InterruptedException {
    EgressSettings settings =
        EgressSettings.of(INSIDE, "/nonexistent", EgressSettings.Loopback.INSIDE, Optional.empty());
    return Enclosed.open(
        new DockerBackend(DockerEngine.shared().settings()),
        Files.createDirectories(session),
        ResourceLimits.DEFAULT,
        new Enclosure.Exits.Proxy(
            socket, INSIDE.toString(), settings.variables(), Optional.of(trust())),
        (workspace, _) -> DockerSandboxTest.giveAway(workspace));
  }

  private static Path trust() throws IOException {
    Path trust = Files.createDirectories(folder.toRealPath().resolve("trust"));
    Files.writeString(trust.resolve(Enclosure.Exits.Proxy.BUNDLE), "certificates");
    return trust;
  }

  @Test
  void certificatesAreSeenAndNotWritten() {
    assertThat(
            walled.said(
                "cd %s; cat %s; (echo x > %2$s) 2>/dev/null || echo , read-only"
                    .formatted(Enclosure.Exits.Proxy.TRUST, Enclosure.Exits.Proxy.BUNDLE)))
        .isEqualTo("certificates, read-only\n");
  }

  @AfterAll
  static void close() throws IOException {
    walled.close();
    egress.close();
    server.stop(0);
    assertThat(walled.state.resolve("docker"))
        .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("relay-"));
    assertThat(DockerEngine.shared().docker("ps", "--all", "--quiet")).isEmpty();
  }

  @Test
  void whatARuleAllowsIsReachedAndWritten() {
    assertThat(walled.said("wget -q -O - http://docs.example/a/page")).isEqualTo("from outside");
    assertThat(
            walled.said(
                "exec 3<>/dev/tcp/127.0.0.1/18118; printf 'CONNECT docs.example:8080"
                    + " HTTP/1.1\\r\\nHost: docs.example:8080\\r\\n\\r\\nGET /"
                    + " HTTP/1.0\\r\\n\\r\\n' >&3; tail -n 1 <&3"))
        .isEqualTo("from outside");

    assertThat(egress.decisions)
        .contains("allow GET http://docs.example/a/page (policy policy.command-line:1)")
        .anySatisfy(line -> assertThat(line).startsWith("allow connect docs.example:8080"));
  }

  @Test
  void whatNoRuleAllowsIsRefusedAndWritten() {
    assertThat(walled.said("wget -q -O - http://other.example/ 2>&1; echo $?"))
        .contains("403")
        .endsWith("\n1\n");
    assertThat(walled.said("wget -q -O - http://169.254.169.254/latest; echo $?")).contains("403");

    assertThat(egress.decisions)
        .anySatisfy(line -> assertThat(line).startsWith("ask GET http://other.example/"))
        .anySatisfy(line -> assertThat(line).startsWith("deny GET http://169.254.169.254/"));
    assertThat(net.lookups()).doesNotContain("other.example");
  }

  @Test
  void nothingElseIsReached() throws IOException {
    try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String target :
          new String[] {
            "tcp/127.0.0.1/" + here.getLocalPort(),
            "tcp/169.254.169.254/80",
            "tcp/93.184.216.34/80",
            "udp/192.0.2.53/53",
            "tcp/docs.example/80"
          }) {
        assertThat(walled.run("timeout 5 bash -c 'echo x > /dev/" + target + "'").ending())
            .as(target)
            .isNotEqualTo(new dev.redoubt.sandbox.processes.Ending.Exited(0));
      }
    }
    assertThat(walled.said("tail -n +3 /proc/net/dev | cut -d: -f1").strip()).isEqualTo("lo");
    assertThat(walled.said("timeout 5 getent hosts docs.example; echo $?")).isEqualTo("2\n");
  }

  @Test
  void theContainerOfCommandsSeesNothingOfTheRelay() {
    assertThat(walled.said("ls -d /redoubt /proc/[0-9]*/exe 2>&1 | grep -c redoubt/"))
        .isEqualTo("0\n");
    assertThat(walled.said("ls /redoubt")).contains("No such file");
    assertThat(walled.said("grep -a -l relay /proc/[0-9]*/cmdline | grep -v self"))
        .doesNotContain("/proc/2/");
    assertThat(walled.sandbox.facts()).containsEntry("container.network", "egress proxy");
  }

  @Test
  void aFolderThatLetsOthersToTheSocketIsRefused() throws IOException {
    Path open = Files.createDirectories(folder.toRealPath().resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path socket = Files.createFile(open.resolve("proxy"));

    assertThatThrownBy(() -> open(socket, folder.resolve("second")))
        .isInstanceOf(WallException.class)
        .hasMessageContaining("lets others in");
  }

  @Test
  void aSocketNobodyAnswersIsRefusedAndLeavesNothing() throws IOException {
    Path way = Files.createDirectories(folder.toRealPath().resolve("silent"));
    Files.setPosixFilePermissions(way, PosixFilePermissions.fromString("rwx------"));
    Path socket = Files.createFile(way.resolve("proxy"));

    assertThatThrownBy(() -> open(socket, folder.resolve("third")))
        .isInstanceOf(WallException.class)
        .hasMessageStartingWith("a container does not reach the egress proxy: Connection refused");
    assertThat(DockerEngine.shared().docker("ps", "--all", "--quiet").lines()).hasSize(2);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void aRelayThatEndsIsSaidAndTheNextCommandHasANewOne() {
    DockerEngine engine = DockerEngine.shared();
    String relay =
        engine.docker("ps", "--quiet", "--filter", "volume=/redoubt/proxy", "--no-trunc");
    engine.docker("kill", relay);

    Outcome next = walled.perform(walled.line("true"));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (next instanceof Outcome.Ran && System.nanoTime() < end) {
      next = walled.perform(walled.line("true"));
    }
    assertThat(next)
        .isEqualTo(
            new Outcome.NotStarted(
                "the way from the container of this session to the egress proxy is gone",
                "run the command again: it gets a new container, with an empty /tmp"));
    assertThat(walled.said("wget -q -O - http://docs.example/again")).isEqualTo("from outside");
  }
}
