// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.sandbox.landlock.LandlockBackend;
import dev.redoubt.sandbox.wall.Readiness;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs behind bubblewrap, a proxy that opens TLS, and a server whose certificate only the
/// operator's configuration trusts. Its port is the one that is inspected, which takes root.
@NeedsEngine(value = "bwrap", right = NeedsEngine.Right.ROOT)
class ExecInspectTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path site;
  @TempDir private static Path apart;
  private static @Nullable HttpsServer server;

  @TempDir private Path folder;
  @TempDir private Path home;

  @BeforeAll
  static void start() throws Exception {
    Path keys = apart.resolve("server.p12");
    keytool(
        "-genkeypair",
        "-keystore",
        keys,
        "-alias",
        "s",
        "-keyalg",
        "EC",
        "-dname",
        "CN=s",
        "-ext",
        "san=dns:localhost");
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        keys,
        "-alias",
        "s",
        "-file",
        apart.resolve("server.pem"));
    Files.writeString(
        apart.resolve("redoubt.toml"),
        "[options.sandbox]\nauthorities = \"%s\"\n".formatted(apart.resolve("server.pem")));
    HttpsServer started =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 443), 0);
    started.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
    started.createContext("/", ExecInspectTest::answer);
    started.start();
    server = started;
    Files.writeString(site.resolve("page"), "from outside");
  }

  private static void keytool(Object... arguments) throws Exception {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    all.addAll(List.of("-storepass", "changeit", "-storetype", "PKCS12"));
    assertThat(new ProcessBuilder(all).inheritIO().start().waitFor()).isZero();
  }

  private static SSLContext tls(Path file) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    Path file = site.resolve("." + exchange.getRequestURI().getPath()).normalize();
    byte[] answer = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, Math.max(answer.length, 1));
    exchange.getResponseBody().write(answer.length == 0 ? new byte[1] : answer);
    exchange.close();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static String url(String path) {
    return "https://localhost/" + path;
  }

  private Run exec(String... arguments) {
    return execBehind("bubblewrap", arguments);
  }

  private Run execBehind(String sandbox, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--config", apart + "/redoubt.toml", "exec"));
    all.addAll(
        List.of("--sandbox", sandbox, "--approval", "workspace", "--allow", "net:localhost:443"));
    all.addAll(List.of(arguments));
    return new Terminal(folder, home).withRealTime().redoubt(all.toArray(String[]::new));
  }

  private String evidence() {
    return new Terminal(folder, home).redoubt("evidence", "show", "exec").out();
  }

  @Test
  @NeedsEngine("npm")
  void programsTrustTheAuthorityAndEachRequestIsJudged() throws Exception {
    String commit = repository();
    registry();
    program();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    Run run =
        exec(
            "--inspect-tls",
            "--",
            "bash",
            "-c",
            "curl -sS -o got.curl %s; git clone -q -b main %s r;"
                    .formatted(url("page"), url("r.git"))
                + " npm view left version --registry %s --cache /tmp/c > got.npm;"
                    .formatted(url(""))
                + " %s Get.java %s; env -u CURL_CA_BUNDLE -u SSL_CERT_FILE curl -sS %s > got.system"
                    .formatted(java, url("page"), url("page")));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("got.curl")).hasContent("from outside");
    assertThat(folder.resolve("got.system")).hasContent("from outside");
    assertThat(folder.resolve("r/.git/refs/heads/main")).hasContent(commit);
    assertThat(folder.resolve("got.npm")).hasContent("1.2.3");
    assertThat(folder.resolve("got.java"))
        .hasContent("from outside, keys inside: 0, writable: false");
    assertThat(evidence())
        .contains("\"action\":\"fetch\"", url("page"), url("r.git/info/refs"), url("left"));
  }

  @Test
  @NeedsEngine("curl")
  void withoutTheOptionTlsStaysClosed() throws IOException {
    Files.copy(apart.resolve("server.pem"), folder.resolve("server.txt"));

    Run run = exec("--", "curl", "-sS", "--cacert", "server.txt", "-o", "got", url("page"));

    assertThat(run.err()).isEmpty();
    assertThat(folder.resolve("got")).hasContent("from outside");
    assertThat(evidence())
        .contains("\"action\":\"connect\"")
        .doesNotContain("\"action\":\"fetch\"");
  }

  private static String repository() throws Exception {
    Path repository = Files.createDirectory(site.resolve("r.git"));
    git(repository, "init", "-q", "--bare");
    String tree = git(repository, "hash-object", "-t", "tree", "-w", "/dev/null");
    String commit =
        git(
            repository,
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@x.example",
            "commit-tree",
            "-m",
            "x",
            tree);
    git(repository, "update-ref", "refs/heads/main", commit);
    git(repository, "update-server-info");
    return commit;
  }

  private static String git(Path folder, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("git"));
    all.addAll(List.of(arguments));
    Process git = new ProcessBuilder(all).directory(folder.toFile()).start();
    String said = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(git.waitFor()).isZero();
    return said;
  }

  private static void registry() throws IOException {
    Files.writeString(
        site.resolve("left"),
        """
        {"name": "left", "dist-tags": {"latest": "1.2.3"}, "versions": {"1.2.3": {
          "name": "left", "version": "1.2.3",
          "dist": {"tarball": "%s", "shasum": "0000000000000000000000000000000000000000"}}}}
        """
            .formatted(url("left.tgz")));
  }

  private void program() throws IOException {
    Files.writeString(
        folder.resolve("Get.java"),
        """
        import java.net.URI;
        import java.net.http.*;
        import java.nio.file.*;
        import java.security.KeyStore;

        public class Get {
          public static void main(String[] a) throws Exception {
            var answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(a[0])).build(),
                HttpResponse.BodyHandlers.ofString());
            Path trust = Path.of(System.getenv("SSL_CERT_FILE")).getParent();
            int keys = 0;
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(Files.newInputStream(trust.resolve("trust.p12")), "changeit".toCharArray());
            for (var names = store.aliases(); names.hasMoreElements();) {
              keys += store.isKeyEntry(names.nextElement()) ? 1 : 0;
            }
            for (Path file : Files.list(trust).toList()) {
              keys += Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                  .contains("PRIVATE KEY") ? 1 : 0;
            }
            Files.writeString(Path.of("got.java"), answer.body() + ", keys inside: " + keys
                + ", writable: " + Files.isWritable(trust));
          }
        }
        """);
  }

  @Test
  @NeedsEngine("curl")
  void aServerNobodyTrustsIsRefused() throws IOException {
    Files.writeString(apart.resolve("redoubt.toml"), "");

    Run run = exec("--inspect-tls", "--", "curl", "-sS", "-o", "got", url("page"));

    assertThat(run.exitCode()).isZero();
    assertThat(folder.resolve("got"))
        .content()
        .contains("redoubt", "certification path")
        .doesNotContain("from outside");
  }

  @Test
  @NeedsEngine("curl")
  void behindLandlockProgramsThatReadVariablesTrustTheAuthority() {
    Run run =
        execBehind("landlock", "--inspect-tls", "--", "curl", "-sS", "-o", "got", url("page"));

    if (new LandlockBackend().readiness() instanceof Readiness.Ready) {
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(folder.resolve("got")).hasContent("from outside");
      assertThat(evidence()).contains("\"action\":\"fetch\"", url("page"));
    } else {
      assertThat(run.exitCode()).isEqualTo(4);
    }
  }

  @Test
  void aBackendThatLeadsNothingThroughTheProxyRefuses() {
    Run run = new Terminal(folder, home).redoubt("exec", "--inspect-tls", "--", "ls");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .contains("--sandbox bubblewrap, docker or landlock, or leave --inspect-tls out");
  }
}
