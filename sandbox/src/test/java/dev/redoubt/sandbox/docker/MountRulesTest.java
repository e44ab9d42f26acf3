// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.files.HostFileFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountRulesTest {

  @TempDir Path folder;
  private Path home;
  private MountRules rules;

  @BeforeEach
  void make() throws IOException {
    Path real = folder.toRealPath();
    home = Files.createDirectories(real.resolve("homes/ada"));
    Path state = Files.createDirectories(home.resolve(".local/share/redoubt"));
    Files.createDirectories(home.resolve(".ssh"));
    Files.createDirectories(home.resolve(".aws"));
    rules = new MountRules(home, state, new HostFileFacts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc",
        "/etc/",
        "/./etc",
        "/usr/../etc",
        "/usr/..",
        "/root",
        "/home",
        "/var",
        "/var/lib",
        "/var/run",
        "/run",
        "/proc",
        "/proc/1",
        "/sys",
        "/dev",
        "/dev/null",
        "/tmp",
        "/boot",
        "/etc/shadow",
        "/etc/passwd",
        "/var/lib/docker",
      })
  void scenario45MountOfASensitivePathOfTheMachineIsRefused(String source) {
    assertThat(objection(Path.of(source))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".ssh", ".aws", ".local", ".local/share/redoubt", "..", "../.."})
  void scenario45MountOfAHomeOrItsSecretsIsRefused(String below) {
    assertThat(objection(home.resolve(below))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/etc", "/root", "/var", "/run", "/proc/self/root"})
  void scenario45ALinkToASensitivePathIsRefused(String target) throws IOException {
    Path link = Files.createSymbolicLink(home.resolve("project"), Path.of(target));
    Path second = Files.createSymbolicLink(home.resolve("harmless"), link);

    assertThat(objection(link)).isPresent();
    assertThat(objection(second)).isPresent();
  }

  @Test
  void scenario45ALinkOnTheWayToASensitivePathIsRefused() throws IOException {
    Files.createSymbolicLink(home.resolve("way"), home.getParent());

    assertThat(objection(home.resolve("way/ada/.ssh"))).isPresent();
    assertThat(objection(home.resolve("way"))).isPresent();
    assertThat(objection(home.resolve("way/ada"))).isPresent();
  }

  @Test
  void scenario45AFolderWithASecretSomewhereInItIsRefused() throws IOException {
    Path deep = Files.createDirectories(home.resolve("work/a/b/c"));
    assertThat(objection(home.resolve("work"))).isEmpty();

    Files.writeString(deep.resolve(".env"), "TOKEN=x");

    assertThat(objection(home.resolve("work")))
        .hasValueSatisfying(reason -> assertThat(reason).contains("a/b/c/.env"));
  }

  @Test
  void scenario45ASocketIsRefused() throws IOException {
    Path socket = home.resolve("engine");
    try (var channel =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      channel.bind(java.net.UnixDomainSocketAddress.of(socket));

      assertThat(objection(socket)).isPresent();
    }
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    assertThat(objection(home.resolve("gone"))).isPresent();
  }

  @Test
  void whatIsObeyedLaterMayBeReadAndNotWritten() throws IOException {
    Path repository = Files.createDirectories(home.resolve("lib"));
    Files.createDirectories(repository.resolve(".git/hooks"));

    assertThat(objection(repository)).isEmpty();
    assertThat(objection(repository, ContainerMount.Mode.WRITABLE)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc", "/sys/x", "/dev", "/", "/a/../proc", "/a:b"})
  void nothingIsMountedOverWhatTheKernelShows(String target) throws IOException {
    Path good = Files.createDirectories(home.resolve("data"));

    assertThat(rules.objection(new ContainerMount(good, target, ContainerMount.Mode.READ_ONLY)))
        .isPresent();
  }

  @Test
  void anOrdinaryFolderMayBeMounted() throws IOException {
    Path good = Files.createDirectories(home.resolve("data/set"));
    Files.writeString(good.resolve("table.csv"), "a,b");

    assertThat(objection(good)).isEmpty();
    assertThat(objection(good, ContainerMount.Mode.WRITABLE)).isEmpty();
    assertThat(objection(Path.of("/usr/share/zoneinfo"))).isEmpty();
  }

  @Test
  void aProjectIsAWorkspaceAndAHomeIsNot() throws IOException {
    Path project = Files.createDirectories(home.resolve("project"));
    Files.writeString(project.resolve(".env"), "TOKEN=x");

    assertThat(rules.objectionToWorkspace(project)).isEmpty();
    assertThat(rules.objectionToWorkspace(home)).isPresent();
    assertThat(rules.objectionToWorkspace(home.resolve(".ssh"))).isPresent();
    assertThat(rules.objectionToWorkspace(Path.of("/"))).isPresent();
    assertThat(rules.objectionToWorkspace(Path.of("/etc"))).isPresent();
  }

  private Optional<String> objection(Path source) {
    return objection(source, ContainerMount.Mode.READ_ONLY);
  }

  private Optional<String> objection(Path source, ContainerMount.Mode mode) {
    return rules.objection(new ContainerMount(source, "/data", mode));
  }
}
