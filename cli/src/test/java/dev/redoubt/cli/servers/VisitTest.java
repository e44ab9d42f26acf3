// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitTest {

  private static final String HOST = "127.0.0.1:8123";
  private static final String STATE = "s-t_4";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /callback?state=guess HTTP/1.1^Host: 127.0.0.1:8123^^|403 Forbidden",
        "GET /callback?state=s-t_4&state=s-t_4 HTTP/1.1^Host: 127.0.0.1:8123^^|403 Forbidden",
        "GET /callback?stat%65=s-t_4&state=s-t_4 HTTP/1.1^Host: 127.0.0.1:8123^^|403 Forbidden",
        "GET /callback?state=S-T_4 HTTP/1.1^Host: 127.0.0.1:8123^^|403 Forbidden",
        "GET /callback#state=s-t_4 HTTP/1.1^Host: 127.0.0.1:8123^^|404 Not Found",
        "GET /callback HTTP/1.1^Host: 127.0.0.1:8123^^|403 Forbidden",
        "GET /callbacks?state=s-t_4 HTTP/1.1^Host: 127.0.0.1:8123^^|404 Not Found",
        "GET http://127.0.0.1:8123/callback?state=s-t_4 HTTP/1.1^Host: 127.0.0.1:8123^^|404 Not"
            + " Found",
        "POST /callback?state=s-t_4 HTTP/1.1^Host: 127.0.0.1:8123^^|405 Method Not Allowed",
        "HEAD /callback?state=s-t_4 HTTP/1.1^Host: 127.0.0.1:8123^^|405 Method Not Allowed",
        "GET /callback?state=s-t_4 HTTP/1.1^Host: localhost:8123^^|421 Misdirected Request",
        "GET /callback?state=s-t_4 HTTP/1.1^Host: page.example:8123^^|421 Misdirected Request",
        "GET /callback?state=s-t_4 HTTP/1.1^Host: 127.0.0.1:8123^Host: 127.0.0.1:8123^^|421"
            + " Misdirected Request",
        "GET /callback?state=s-t_4 HTTP/1.1^^|421 Misdirected Request",
        "GET /callback?state=s-t_4 HTTP/2.0^Host: 127.0.0.1:8123^^|400 Bad Request",
        "GET /callback?state=s-t_4^Host: 127.0.0.1:8123^^|400 Bad Request",
        "^^|400 Bad Request",
      })
  void whoeverDoesNotBringWhatWasAskedForIsAStranger(String request, String status)
      throws IOException {
    assertThat(read(request)).isEqualTo(new Visit.Stranger(status));
  }

  @Test
  void theBrowserBringsWhatItCameBackWith() throws IOException {
    assertThat(
            read(
                "GET /callback?code=a%20b&state=s-t_4&x=1&x=2&%zz=1 HTTP/1.1^hOST:"
                    + " 127.0.0.1:8123^^"))
        .isEqualTo(new Visit.Back(Map.of("code", "a b", "state", STATE, "x", "")));
  }

  @Test
  void aHeadHasAnEnd() throws IOException {
    String endless = "a".repeat(40_000);
    String whole = "GET /callback?state=s-t_4 HTTP/1.1^Host: 127.0.0.1:8123^X: ";

    assertThat(read(whole + endless + "^^")).isEqualTo(new Visit.Stranger("400 Bad Request"));
    assertThat(read(endless)).isEqualTo(new Visit.Stranger("400 Bad Request"));
    assertThatThrownBy(() -> read(whole)).isInstanceOf(IOException.class);
  }

  private static Visit read(String request) throws IOException {
    byte[] bytes = request.replace("^", "\r\n").getBytes(US_ASCII);
    return Visit.read(new ByteArrayInputStream(bytes), HOST, STATE);
  }
}
