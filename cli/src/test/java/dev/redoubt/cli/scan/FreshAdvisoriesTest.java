// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshAdvisoriesTest {

  @TempDir Path root;

  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Terminal terminal;

  @BeforeEach
  void aProjectAndAMirror() throws IOException {
    Path here = Files.createDirectories(root.resolve("here"));
    Files.writeString(
        here.resolve("Cargo.lock"),
        """
        [[package]]
        name = "weak"
        version = "1.0.0"
        source = "registry+https://index.example"
        """);
    terminal = new Terminal(here, root.resolve("home"));
    served.put("/osv/crates.io/all.zip", export());
    served.put("/kev", "{\"vulnerabilities\": [{\"cveID\": \"CVE-2026-9\"}]}".getBytes(UTF_8));
    served.put("/epss", "cve,epss,percentile\nCVE-2026-9,0.5,0.9\n".getBytes(UTF_8));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] body = served.get(path);
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          if (body != null) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    configure("ask");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void nothingConnectsUnlessItWasAskedFor() throws IOException {
    assertThat(scan().lastLine()).contains("vulnerabilities not checked");
    configure("never");
    assertThat(scan().lastLine()).contains("vulnerabilities not checked");
    configure("auto");
    assertThat(scan("--offline").lastLine()).contains("vulnerabilities not checked");

    assertThat(asked).isEmpty();
  }

  @Test
  void theFlagFetchesWhatTheScanNeedsAndNothingElse() {
    Run run = scan("--sync", "--fail-on-kev");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lastLine()).contains("CVE-2026-9 crosses the threshold fail-on-kev");
    assertThat(asked).containsExactly("/osv/crates.io/all.zip", "/kev", "/epss");
  }

  @Test
  void theUsersOwnConfigurationMayAlwaysAllowIt() throws IOException {
    configure("auto");

    assertThat(scan().out()).contains("CVE-2026-9");
  }

  @Test
  void whatIsFreshIsNotFetchedAgain() {
    scan("--sync");
    asked.clear();
    scan("--sync");

    assertThat(asked).isEmpty();
  }

  @Test
  void aMissingFeedOfExploitsIsAGapAndTheScanGoesOn() {
    served.remove("/kev");
    Run run = scan("--sync");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("CVE-2026-9").contains("KEV and EPSS are not up to date");
  }

  @Test
  void aMissingExportEndsInAnUpstreamErrorThatNamesIt() {
    served.remove("/osv/crates.io/all.zip");
    Run run = scan("--sync");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("/osv/crates.io/all.zip: status 404");
  }

  @Test
  void askingForBothIsAUsageError() {
    assertThat(scan("--sync", "--offline").exitCode()).isEqualTo(2);
    assertThat(asked).isEmpty();
  }

  private Run scan(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "scan";
    arguments[1] = ".";
    arguments[2] = "--no-machine";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return terminal.redoubt(arguments);
  }

  private void configure(String sync) throws IOException {
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    Path own = root.resolve("home/.config/redoubt/redoubt.toml");
    Files.createDirectories(own.getParent());
    Files.writeString(
        own,
        """
        [advisories]
        sync = "%s"
        osv-url = "%s/osv"
        kev-url = "%s/kev"
        epss-url = "%s/epss"
        """
            .formatted(sync, base, base, base));
  }

  private static byte[] export() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("CVE-2026-9.json"));
      zip.write(
          """
          {"id": "CVE-2026-9", "modified": "2026-01-01T00:00:00Z", "summary": "weak is weak",
           "affected": [{"package": {"ecosystem": "crates.io", "name": "weak"},
             "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}
          """
              .getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
