// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "a b/ä.lock", "x?y#z", "100%/a", "c:\\x"})
  void aPathIsNeverMoreThanAPath(String path) {
    URI uri = URI.create(UriText.ofPath(path));
    assertThat(uri.getScheme()).isNull();
    assertThat(uri.getHost()).isNull();
    assertThat(uri.getRawQuery()).isNull();
    assertThat(uri.getPath()).isEqualTo(path);
  }

  @Test
  void whatAUrlMayNotHoldIsEncoded() {
    assertThat(UriText.ofUrl("http://a.example/{x} y?k=***"))
        .contains("http://a.example/%7Bx%7D%20y?k=***");
  }

  @Test
  void whatIsNoUrlAtAllIsLeftOut() {
    assertThat(UriText.ofUrl("http://[")).isEmpty();
  }
}
