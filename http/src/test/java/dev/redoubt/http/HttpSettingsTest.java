// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

  private static final String TOKEN = "0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:0, 127.0.0.1, 0, true",
    "localhost:8770, 127.0.0.1, 8770, true",
    "[::1]:1, ::1, 1, true",
    "127.9.9.9:65535, 127.9.9.9, 65535, true",
    "0.0.0.0:1, 0.0.0.0, 1, false",
    "[::]:1, ::, 1, false",
    "10.0.0.7:1, 10.0.0.7, 1, false",
  })
  void anAddressIsANumberAndAPort(String text, String host, int port, boolean loopback) {
    ListenAddress address = ListenAddress.of(text);

    assertThat(address).isEqualTo(new ListenAddress(host, port));
    assertThat(address.isLoopback()).isEqualTo(loopback);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8080",
        ":8080",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:65536",
        "127.0.0.1:-1",
        "127.0.0.1:+1",
        "redoubt.example:80",
        "localhost.example:80",
        "fe80::1%eth0:80"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> ListenAddress.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatOthersCanReachNeedsAToken() {
    ListenAddress everywhere = ListenAddress.of("0.0.0.0:0");

    assertThatThrownBy(() -> HttpSettings.of(everywhere, Tokens.NONE))
        .hasMessage("0.0.0.0 can be reached from other machines: that needs a token");
    assertThat(HttpSettings.of(everywhere, new Tokens(Map.of("ci", TOKEN))).address())
        .isEqualTo(everywhere);
  }

  @Test
  void aTokenIsLongAndFitsAHeader() {
    assertThatThrownBy(() -> new Tokens(Map.of("ci", "short"))).hasMessageContaining("\"ci\"");
    assertThatThrownBy(() -> new Tokens(Map.of("ci", TOKEN + "\n")))
        .hasMessageContaining("no header");
  }

  @Test
  void eachTokenHasItsOwner() {
    Tokens tokens = new Tokens(Map.of("ci", TOKEN, "desk", TOKEN + "0"));

    assertThat(tokens.owner("Bearer " + TOKEN)).hasValue("ci");
    assertThat(tokens.owner("bearer " + TOKEN + "0")).hasValue("desk");
    assertThat(tokens.owner("Bearer " + TOKEN + "1")).isEmpty();
  }
}
