// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTextTest {

  @ParameterizedTest
  @CsvSource({
    "README.md, /w/README.md",
    "../x, /w/../x",
    "/etc/hosts, /etc/hosts",
    "~, /home/u/",
    "~/.ssh/id, /home/u/.ssh/id",
    "$HOME/x, /home/u/x",
    "$home/x, /home/u/x",
    "${HOME}/x, /home/u/x",
    "%USERPROFILE%\\x, /home/u/x",
    "$env:USERPROFILE\\.ssh, /home/u/.ssh",
    "file:///etc/shadow, /etc/shadow",
    "FILE:/etc/shadow, /etc/shadow",
    "file://localhost/a%20b, /a b",
    "file:///a/%2e%2e/b?q#f, /a/../b",
    "a*b, /w/a*b",
    "Outer$Inner.class, /w/Outer$Inner.class",
    "50%, /w/50%",
    "a~b, /w/a~b",
  })
  void aPathIsRead(String written, String path) {
    assertThat(PathText.read(written, "/w", "/home/u"))
        .isEqualTo(new PathText.Known(new Place(written, path, Place.Kind.EXACT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"~root/x", "~+/x", "$OLDPWD/x", "${X}/y", "%APPDATA%\\x", "a/$(id)", "a`id`"})
  void aPathThatDependsOnMoreIsUnclear(String written) {
    assertThat(PathText.read(written, "/w", "/home/u")).isInstanceOf(PathText.Unclear.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\u0000b",
        "a\u202eb",
        "https://a.example/x",
        "file://host/etc/shadow",
        "file:relative",
        "file:///a%00b",
        "file:///a%zz",
        "\\\\host\\share",
        "//?/C:/x",
        "//./pipe/docker_engine",
      })
  void whatIsNoPathIsRefused(String written) {
    assertThat(PathText.read(written, "/w", "/home/u")).isInstanceOf(PathText.Refused.class);
  }

  @Test
  void aPathOverTheLimitIsRefused() {
    assertThat(PathText.read("a".repeat(PathText.LONGEST), "/w", "/h"))
        .isInstanceOf(PathText.Known.class);
    assertThat(PathText.read("a".repeat(PathText.LONGEST + 1), "/w", "/h"))
        .isInstanceOf(PathText.Refused.class);
  }
}
