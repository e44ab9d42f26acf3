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
    "://x, /w/://x",
    "%%/x, /w/%%/x",
    "%A%x, /w/%A%x",
    "file:///a#b, /a",
    "file:///a?b, /a",
    "\u00e9, /w/\u00e9",
  })
  void aPathIsRead(String written, String path) {
    assertThat(PathText.read(written, "/w", "/home/u"))
        .isEqualTo(new PathText.Known(new Place(written, path, Place.Kind.EXACT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~root/x",
        "~+/x",
        "$OLDPWD/x",
        "${X}/y",
        "%APPDATA%\\x",
        "%A%",
        "%A%/x",
        "a/$(id)",
        "a`id`"
      })
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
        "file://host",
        "a\u007fb",
        "a\u0085b",
        "a\u2028b",
        "a\ud800b",
        "a\u115fb",
        "a\u1160b",
        "a\u3164b",
        "a\uffa0b",
        "a\u2800b",
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
  void aPathIsShownWithoutWhatDeceives() {
    assertThat(PathText.shown("a\u0000\u202eé")).isEqualTo("\"a\\u{0}\\u{202e}é\"");
    assertThat(PathText.shown("a".repeat(300))).isEqualTo("\"" + "a".repeat(300) + "\"");
    assertThat(PathText.shown("a".repeat(301))).isEqualTo("\"" + "a".repeat(300) + "…\"");
  }

  @Test
  void aPathOverTheLimitIsRefused() {
    assertThat(PathText.read("a".repeat(PathText.LONGEST), "/w", "/h"))
        .isInstanceOf(PathText.Known.class);
    assertThat(PathText.read("a".repeat(PathText.LONGEST + 1), "/w", "/h"))
        .isInstanceOf(PathText.Refused.class);
  }
}
