// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Content;
import dev.redoubt.guard.network.Host;
import dev.redoubt.sandbox.network.TestNet;
import dev.redoubt.testkit.Engines;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real programs, with nothing in their environment but the settings. No name here exists: only
/// the proxy can resolve it.
class ProgramsTest {

  @TempDir private Path folder;
  private final SessionAuthority outside = SessionAuthority.create(InstantSource.system());
  private final SessionAuthority session = SessionAuthority.create(InstantSource.system());
  private final List<AutoCloseable> closing = new ArrayList<>();
  private Path root = Path.of("unset");
  private Path home = Path.of("unset");
  private TestEgress egress = new TestEgress(new TestNet());

  /// How programs reach the proxy.
  enum Way {
    /// With a token on a port.
    TOKEN,
    /// Through a relay to a Unix-domain socket.
    SOCKET
  }

  @AfterEach
  void closesEverything() throws Exception {
    for (AutoCloseable each : closing.reversed()) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  @NeedsEngine("curl")
  void curlAsksForWhatIsAllowedAndReadsWhyTheRestIsNot(Way way) throws Exception {
    EgressSettings settings = settings(way, false);
    Files.writeString(root.resolve("a.txt"), "hello");

    assertThat(run(settings, "curl", "-sS", "http://docs.example/a.txt")).isEqualTo("hello");
    assertThat(run(settings, "curl", "-sS", "http://other.example/"))
        .contains("to allow it: --allow net:other.example:80");
    assertThat(run(settings, "curl", "-sS", "https://other.example/")).contains("403");
    assertThat(run(settings, "curl", "-sS", "http://127.0.0.1/")).contains("net.inner-address");
  }

  @ParameterizedTest
  @EnumSource
  @NeedsEngine("curl")
  void curlTrustsAnInspectedSession(Way way) throws Exception {
    EgressSettings settings = settings(way, true);
    Files.writeString(root.resolve("a.txt"), "hello");

    assertThat(run(settings, "curl", "-sS", "https://docs.example/a.txt")).isEqualTo("hello");
    assertThat(run(settings, "curl", "-sS", "https://other.example/")).contains("net.unresolved");
    assertThat(egress.decisions)
        .contains("allow GET https://docs.example/a.txt (policy policy.command-line:1)");
  }

  @Test
  @NeedsEngine("curl")
  void curlSpeaksToTheRealServerWhenNothingIsInspected() throws Exception {
    EgressSettings settings = settings(Way.TOKEN, false);
    Files.writeString(root.resolve("a.txt"), "hello");
    Path trusted = Files.writeString(folder.resolve("outside.pem"), outside.pem());

    assertThat(
            run(
                settings,
                "curl",
                "-sS",
                "--cacert",
                trusted.toString(),
                "https://docs.example/a.txt"))
        .isEqualTo("hello");
    assertThat(
            run(
                settings,
                "curl",
                "-sS",
                "--cacert",
                trusted.toString(),
                "--connect-to",
                "other.example:443:docs.example:443",
                "https://other.example/a.txt"))
        .contains("curl: (35)");
    assertThat(egress.decisions)
        .contains("deny connect docs.example:443 (egress net.sni-mismatch)");
  }

  @Test
  @NeedsEngine("curl")
  void curlMayUseSocks() throws Exception {
    EgressSettings settings = settings(Way.TOKEN, false);
    Files.writeString(root.resolve("a.txt"), "hello");
    String socks = settings.variables().get("all_proxy").replace("http://", "socks5h://");

    assertThat(run(settings, "curl", "-sS", "--proxy", socks, "http://docs.example/a.txt"))
        .isEqualTo("hello");
    assertThat(egress.decisions)
        .containsExactly(
            "allow connect docs.example:80 (policy policy.command-line:1)",
            "allow GET http://docs.example/a.txt (policy policy.command-line:1)");
  }

  @ParameterizedTest
  @EnumSource
  @NeedsEngine("git")
  void gitClones(Way way) throws Exception {
    EgressSettings settings = settings(way, true);
    Path work = Files.createDirectory(folder.resolve("work"));
    git(work, "init", "-q");
    Files.writeString(work.resolve("README"), "hello");
    git(work, "add", "README");
    git(work, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-q", "-m", "x");
    git(folder, "clone", "-q", "--bare", work.toString(), root.resolve("r.git").toString());
    git(root.resolve("r.git"), "update-server-info");

    String said =
        run(settings, "git", "clone", "-q", "http://docs.example/r.git", "plain")
            + run(settings, "git", "clone", "-q", "https://docs.example/r.git", "secure");
    assertThat(home.resolve("plain/README")).as(said).hasContent("hello");
    assertThat(home.resolve("secure/README")).as(said).hasContent("hello");
  }

  @Test
  @NeedsEngine("npm")
  void npmInstalls() throws Exception {
    EgressSettings settings = settings(Way.TOKEN, true);
    Path source = Files.createDirectories(folder.resolve("left/package"));
    Files.writeString(source.resolve("package.json"), "{\"name\":\"left\",\"version\":\"1.0.0\"}");
    Path packed = root.resolve("left-1.0.0.tgz");
    String packing =
        run(Map.of(), folder.resolve("left"), "tar", "-czf", packed.toString(), "package");
    assertThat(packed).as(packing).exists();
    Files.writeString(
        root.resolve("left"),
        """
        {"name":"left","dist-tags":{"latest":"1.0.0"},"versions":{"1.0.0":{"name":"left",
        "version":"1.0.0","dist":{"tarball":"https://docs.example/left-1.0.0.tgz"}}}}
        """);

    String said = run(settings, "npm", "install", "--registry=https://docs.example/", "left");
    assertThat(home.resolve("node_modules/left/package.json")).as(said).exists();
  }

  @Test
  @NeedsEngine("pip")
  void pipInstalls() throws Exception {
    EgressSettings settings = settings(Way.TOKEN, true);
    String wheel = "left-1.0.0-py3-none-any.whl";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(root.resolve(wheel)))) {
      entry(zip, "left.py", "x = 1\n");
      entry(
          zip,
          "left-1.0.0.dist-info/METADATA",
          "Metadata-Version: 2.1\nName: left\nVersion: 1.0.0\n");
      entry(
          zip,
          "left-1.0.0.dist-info/WHEEL",
          "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
      entry(zip, "left-1.0.0.dist-info/RECORD", "");
    }
    Files.createDirectories(root.resolve("simple/left"));
    Files.writeString(
        root.resolve("simple/left/index.html"),
        "<a href=\"../../%s\">%s</a>".formatted(wheel, wheel));

    String said =
        run(
            settings,
            "pip",
            "install",
            "--no-deps",
            "--index-url",
            "https://docs.example/simple",
            "--target",
            home.resolve("lib").toString(),
            "left");
    assertThat(home.resolve("lib/left.py")).as(said).exists();
  }

  @Test
  void javaAsks() throws Exception {
    EgressSettings settings = settings(Way.SOCKET, true);
    assertThat(java(settings)).isEqualTo("hello hello hello hello ");
  }

  @ParameterizedTest
  @EnumSource
  @NeedsEngine("mvn")
  void mavenResolves(Way way) throws Exception {
    EgressSettings settings = settings(way, true);
    Path parent = Files.createDirectories(root.resolve("m/org/left/parent/1.0.0"));
    Files.writeString(
        parent.resolve("parent-1.0.0.pom"),
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>org.left</groupId>
        <artifactId>parent</artifactId><version>1.0.0</version><packaging>pom</packaging></project>
        """);
    Files.writeString(
        home.resolve("pom.xml"),
        """
        <project><modelVersion>4.0.0</modelVersion>
        <parent><groupId>org.left</groupId><artifactId>parent</artifactId><version>1.0.0</version>
        <relativePath/></parent><artifactId>right</artifactId><packaging>pom</packaging>
        <repositories><repository><id>docs</id><url>https://docs.example/m</url></repository>
        </repositories></project>
        """);

    // Maven reads MAVEN_ARGS by itself from 3.9 on.
    List<String> command =
        new ArrayList<>(
            List.of("mvn", "-B", "-Dmaven.repo.local=" + home.resolve("repository"), "validate"));
    String more = settings.variables().getOrDefault("MAVEN_ARGS", "");
    command.addAll(more.isEmpty() ? List.of() : List.of(more.split(" ", -1)));
    String said = run(settings, command.toArray(String[]::new));
    assertThat(said).contains("BUILD SUCCESS");
    assertThat(home.resolve("repository/org/left/parent/1.0.0/parent-1.0.0.pom")).exists();
  }

  private String java(EgressSettings settings) throws Exception {
    Files.writeString(root.resolve("a.txt"), "hello");
    Files.writeString(
        home.resolve("Ask.java"),
        """
        import java.net.*;
        import java.net.http.*;
        class Ask {
          public static void main(String[] urls) throws Exception {
            for (String url : urls) {
              var client = HttpClient.newHttpClient();
              var request = HttpRequest.newBuilder(URI.create(url)).build();
              System.out.print(client.send(request, HttpResponse.BodyHandlers.ofString()).body() + " ");
              try (var in = URI.create(url).toURL().openStream()) {
                System.out.print(new String(in.readAllBytes()) + " ");
              }
            }
          }
        }
        """);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return run(
            settings, java, "Ask.java", "http://docs.example/a.txt", "https://docs.example/a.txt")
        .replaceFirst("Picked up JAVA_TOOL_OPTIONS.*\n", "");
  }

  /// Starts servers and a proxy, and returns what programs need to use it.
  private EgressSettings settings(Way way, boolean inspected) throws Exception {
    root = Files.createDirectory(folder.resolve("root"));
    home = Files.createDirectory(folder.resolve("home"));
    FileServer plain = closed(new FileServer(root, null));
    FileServer secure = closed(new FileServer(root, outside.context(host("docs.example"))));
    TestNet net =
        new TestNet()
            .name(
                "docs.example",
                Stream.generate(() -> "93.184.216.34").limit(500).toArray(String[]::new))
            .server("93.184.216.34:80", plain.port())
            .server("93.184.216.34:443", secure.port())
            .trusting(InspectionTest.trusting(outside));
    egress = closed(new TestEgress(net).allow("docs.example"));
    Optional<SessionAuthority> authority = inspected ? Optional.of(session) : Optional.empty();
    egress.authority = authority;
    EgressEndpoint.Port at =
        switch (way) {
          case TOKEN -> TestEgress.port(egress.onPort());
          case SOCKET -> {
            Path socket = folder.resolve("s").resolve("e");
            EgressProxy proxy = egress.onSocket(socket);
            assertThat(proxy.endpoint()).isEqualTo(new EgressEndpoint.Socket(socket));
            yield closed(new Relay(socket)).endpoint();
          }
        };
    EgressSettings settings =
        EgressSettings.of(at, folder.toString(), EgressSettings.Loopback.THROUGH_PROXY, authority);
    for (Map.Entry<String, Content> file : settings.files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue().bytes());
    }
    return settings;
  }

  private <T extends AutoCloseable> T closed(T each) {
    closing.add(each);
    return each;
  }

  private String run(EgressSettings settings, String... command) throws Exception {
    return run(settings.variables(), home, command);
  }

  private static void git(Path in, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    run(Map.of(), in, command.toArray(String[]::new));
  }

  private static String run(Map<String, String> variables, Path in, String... command)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command));
    if (!words.getFirst().startsWith("/")) {
      words.set(0, Engines.path(words.getFirst()).toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(in.toFile()).redirectErrorStream(true);
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", in.toString());
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(UTF_8));
    zip.closeEntry();
  }

  private static Host host(String text) {
    return TestNet.good(Host.read(text));
  }
}
