// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.redoubt.guard.network.Reading;
import dev.redoubt.sandbox.network.WebHeader.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebHeaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nHost: evil", "a\nb", "a\rb", "a\u0000", "a\u007f", "\u00e9", "\u560a"})
  void aValueCannotBeginAnotherLine(String value) {
    assertThat(WebHeader.read("X-A", value, Kind.PLAIN)).isInstanceOf(Reading.Bad.class);
    assertThatIllegalArgumentException().isThrownBy(() -> WebHeader.plain("X-A", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r\nb", "a\tb", "\u00e9", "a(b)", "a\u0000"})
  void aNameIsAToken(String name) {
    assertThat(WebHeader.read(name, "v", Kind.PLAIN)).isInstanceOf(Reading.Bad.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "host",
        "Connection",
        "Content-Length",
        "TRANSFER-ENCODING",
        "Upgrade",
        "TE"
      })
  void whatFramesTheMessageIsNotForCallers(String name) {
    assertThat(WebHeader.read(name, "v", Kind.PLAIN)).isInstanceOf(Reading.Bad.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "cookie",
        "Proxy-Authorization",
        "X-API-Key",
        "X-Goog-Api-Key",
        "X-Auth-Token",
        "PRIVATE-TOKEN",
        "X-Client-Secret"
      })
  void credentialsAreSecretWhateverWasSaid(String name) {
    assertThat(WebHeader.plain(name, "v").kind()).isEqualTo(Kind.SECRET);
  }

  @Test
  void aSecretIsNotShown() {
    assertThat(WebHeader.secret("X-A", "v")).hasToString("X-A: ***");
    assertThat(WebHeader.plain("X-A", "v")).hasToString("X-A: v");
  }

  @Test
  void theReasonDoesNotQuoteTheValue() {
    assertThat(WebHeader.read("Authorization", "geheim\n", Kind.SECRET))
        .isInstanceOfSatisfying(
            Reading.Bad.class, bad -> assertThat(bad.reason()).doesNotContain("geheim"));
  }

  @Test
  void aLongValueIsRefused() {
    assertThat(WebHeader.read("X-A", "v".repeat(8192), Kind.PLAIN))
        .isInstanceOf(Reading.Good.class);
    assertThat(WebHeader.read("X-A", "v".repeat(8193), Kind.PLAIN)).isInstanceOf(Reading.Bad.class);
  }
}
