// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Namespaces;
import dev.redoubt.testkit.NeedsNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, started as a user starts it. The image was built by the module before this
/// one.
class LauncherTest {

  private static final Path IMAGE = Code.ROOT.resolve("cli/target/image");

  @TempDir Path folder;

  private record Run(int exitCode, String out, String err) {}

  @Test
  void theImageIsComplete() throws IOException {
    assertThat(IMAGE.resolve("start.conf")).as("run ./build verify, which packages it").exists();
    String cache =
        Files.readAllLines(IMAGE.resolve("start.conf")).stream()
            .filter(line -> line.startsWith("cache='"))
            .map(line -> line.substring(7, line.length() - 1))
            .findFirst()
            .orElseThrow();
    assertThat(cache).as("a start-up cache was made, see training.log").isNotEmpty();
    assertThat(IMAGE.resolve(cache)).exists();
  }

  @Test
  void everyLibraryOfTheImageIsNamedWithItsLicence() throws IOException {
    String notices = Code.text(Code.ROOT.resolve("docs/third-party.md"));
    try (JarFile jar = new JarFile(IMAGE.resolve("lib/redoubt.jar").toFile())) {
      String classPath = jar.getManifest().getMainAttributes().getValue(Name.CLASS_PATH);
      assertThat(
              Stream.of(classPath.split(" ", -1))
                  .filter(library -> !library.startsWith("redoubt-"))
                  .map(library -> library.replaceFirst("-[0-9].*", ""))
                  .filter(library -> !notices.contains(":" + library + "`")))
          .isEmpty();
    }
  }

  @Test
  void theCacheIsAccepted() throws Exception {
    // AOTMode=on makes the JVM fail instead of going on without the cache.
    Run run = redoubt(Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on"), folder, "--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("redoubt ");
  }

  @Test
  void theCacheOfTheGuardIsAccepted() throws Exception {
    Run run =
        redoubt(
            Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on"),
            folder,
            "guard",
            "check",
            "--command",
            "ls");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("allow  ");
  }

  @Test
  void theCacheOfTheAgentIsAccepted() throws Exception {
    Run run = redoubt(Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on"), folder, "session", "list");

    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aHookNeverWaitsForABuild() throws Exception {
    Path home = staleCheckout();
    Map<String, String> own = Map.of("REDOUBT_IMAGE", "");
    String launcher = home.resolve("redoubt").toString();

    assertThat(run(own, folder, List.of(launcher, "--version")).exitCode()).isEqualTo(9);
    Run hook = run(own, folder, List.of(launcher, "guard", "hook", "nobody"));

    assertThat(hook.exitCode()).isEqualTo(2);
    assertThat(hook.err()).contains("\"nobody\" is no agent whose hooks are known");
  }

  /* A checkout with a source that is newer than its image, and with a build that only says 9. */
  private Path staleCheckout() throws IOException {
    Path home = folder.resolve("checkout");
    Path image = Files.createDirectories(home.resolve("cli/target/image"));
    Files.createSymbolicLink(image.resolve("lib"), IMAGE.resolve("lib"));
    Path conf = Files.copy(IMAGE.resolve("start.conf"), image.resolve("start.conf"));
    Files.setLastModifiedTime(conf, FileTime.fromMillis(0));
    Files.createDirectories(home.resolve("launcher"));
    Files.writeString(home.resolve("launcher/build-image.sh"), "build_image() { return 9; }\n");
    Files.writeString(home.resolve("pom.xml"), "<project/>\n");
    Files.copy(
        Code.ROOT.resolve("redoubt"), home.resolve("redoubt"), StandardCopyOption.COPY_ATTRIBUTES);
    return home;
  }

  @Test
  void resultsAreAloneOnStandardOutput() throws Exception {
    Run run = redoubt(Map.of(), folder, "scan", "--demo", "--json", "--no-machine");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).startsWith("{\n").endsWith("}\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void theFolderOfTheCallerIsKept() throws Exception {
    Files.writeString(
        folder.resolve("Cargo.lock"),
        """
        [[package]]
        name = "x"
        version = "1.0.0"
        source = "registry+https://r.example"
        """);

    assertThat(redoubt(Map.of(), folder, "scan", ".", "--json", "--no-machine").out())
        .contains("\"pkg:cargo/x@1.0.0\"");
  }

  @Test
  void aScanIsSilentlyWrittenToTheEvidence() throws Exception {
    Run scan = redoubt(Map.of(), folder, "scan", ".", "--json", "--no-machine");

    assertThat(scan.err()).isEmpty();
    assertThat(redoubt(Map.of(), folder, "evidence", "verify").exitCode()).isZero();
    assertThat(redoubt(Map.of(), folder, "evidence", "show", "scan").out())
        .contains("\"target\":\"" + folder);
  }

  @Test
  @NeedsNamespaces
  void aHookDeniesThisMachinesOwnPublicAddress() throws Exception {
    String event =
        "{\"hook_event_name\": \"PreToolUse\", \"tool_name\": \"WebFetch\","
            + " \"tool_input\": {\"url\": \"http://198.50.1.%s/\"}}";
    String script =
        "ip addr add 198.50.1.2/32 dev lo && ip link set lo up && for i in 2 3; do printf '%s' \""
            + event.replace("\"", "\\\"").replace("%s", "$i")
            + "\" | '"
            + Code.ROOT.resolve("redoubt")
            + "' guard hook claude-code; done";

    Run run = run(Map.of(), folder, Namespaces.around(List.of("sh", "-c", script)));

    assertThat(run.out().lines())
        .satisfiesExactly(
            own -> assertThat(own).contains("\"deny\"").contains("this machine's own"),
            other -> assertThat(other).contains("\"ask\""));
  }

  @Test
  void aLinkToTheLauncherWorks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("redoubt"), Code.ROOT.resolve("redoubt"));

    assertThat(run(Map.of(), folder, List.of(link.toString(), "--version")).exitCode()).isZero();
  }

  @Test
  void anOlderJavaOnThePathDoesNotMatter() throws Exception {
    assertThat(redoubt(Map.of("JAVA_HOME", "/nonexistent"), folder, "--version").exitCode())
        .isZero();
  }

  @Test
  void whatWasWrittenForAPipeHasNoColours() throws Exception {
    assertThat(redoubt(Map.of(), folder, "scan", "--demo").out()).doesNotContain("\u001b");
    assertThat(redoubt(Map.of(), folder, "scan", "--demo", "--color", "always").out())
        .contains("\u001b[");
  }

  private static Run redoubt(Map<String, String> environment, Path folder, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Code.ROOT.resolve("redoubt").toString());
    command.addAll(List.of(arguments));
    return run(environment, folder, command);
  }

  private static Run run(Map<String, String> environment, Path folder, List<String> command)
      throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("REDOUBT_IMAGE", IMAGE.toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().remove("XDG_DATA_HOME");
    builder.environment().remove("XDG_CONFIG_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
