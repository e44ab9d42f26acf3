// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.ssh.SshSettings.Destination;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshSettingsTest {

  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE6VfaMbUJZ2Zr0kmgW1cUYcKzH3oXH0xNUSrNEJYh0q";

  @ParameterizedTest
  @ValueSource(strings = {"build.example", "10.0.0.7", "fd00::7", "a", "build-2.example"})
  void aNameOrAnAddressIsAHost(String host) {
    assertThat(new Destination(host, 22, "dev").host()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-oProxyCommand=id",
        "-x",
        ".hidden",
        "a b",
        "a;id",
        "a\nb",
        "user@a",
        "[fd00::7]",
        "a%h",
        "$(id)",
        "ä",
        "fd00::7%eth0",
        "a/b",
        "a,b",
        "*"
      })
  void whatCouldBeTakenForAnythingElseIsNoHost(String host) {
    assertThatThrownBy(() -> new Destination(host, 22, "dev"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-l", "a b", "a@b", "a:b", "$USER", "a;id", ".", "a\n", "ä"})
  void whatCouldBeTakenForAnythingElseIsNoUser(String user) {
    assertThatThrownBy(() -> new Destination("a.example", 22, user))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "work", "~/work", "/a//b", "/a/../b", "/a/.", "/a/", "/a\nb"})
  void theFarFolderIsPlainAndAbsolute(String folder) {
    assertThatThrownBy(() -> settings(folder)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFolderWithBlanksIsFine() {
    assertThat(settings("/srv/my work/a'b").remoteFolder()).isEqualTo("/srv/my work/a'b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ssh-ed25519",
        "ssh-dss AAAAB3NzaC1kc3M=",
        "ssh-ed25519 !!!",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIE6VfaMbUJZ2Zr0kmgW1cUYcKzH3oXH0xNUSrNEJYh0q",
        "ssh-ed25519 AAAA",
        "SHA256:",
        "SHA256:short",
        "MD5:00:11"
      })
  void whatIsNoHostKeyIsRefused(String text) {
    assertThatThrownBy(() -> HostKey.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHostKeyMayHaveAComment() {
    assertThat(HostKey.read(KEY + " root@build\n")).isEqualTo(HostKey.read(KEY));
  }

  private static SshSettings settings(String folder) {
    return new SshSettings(
        new Destination("a.example", 22, "dev"),
        Path.of("/home/dev/key"),
        HostKey.read(KEY),
        folder,
        Duration.ofSeconds(5));
  }
}
