// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          password=hunter2hunter2 and more     | password=*** and more
          {"api_key": "a8f3kq91zzx0"}          | {"api_key": "***"}
          {\\"token\\":\\"a8f3kq91zzx0\\"}     | {\\"token\\":\\"***\\"}
          secret => 'k3yk3yk3y!'               | secret => '***'
          pwd := Tr0ub4dor&3                   | pwd := ***&3
          psql postgres://me:s3cr3tpw@db/x     | psql postgres://me:***@db/x
          Authorization: bEaReR abcdef0123456789abc | Authorization: bEaReR ***
          curl -H Basic dXNlcjpwYXNzd29yZDEyMw== x | curl -H Basic *** x
          a ghp_0123456789abcdefghij0123456789abcdef b | a *** b
          password:your-token=real12345        | password:your-token=***
          """)
  void takesOutWhatIsASecretAndNothingElse(String text, String masked) {
    assertThat(Leaks.masked(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: string, at least eight characters",
        "token=os.environ['TOKEN1']",
        "https://host.example:8443/a@b",
        "std::token::kind1",
        "secret_name: /run/secrets/db1",
        "Basic authentication is explained below",
        "password=${DB_PASSWORD_1}",
        "the key=example-key-123456"
      })
  void leavesWhatIsNone(String text) {
    assertThat(Leaks.masked(text)).isSameAs(text);
  }

  @Test
  void takesOutAllWhereNamesAndValuesStandInsideEachOther() {
    String text = "secret:example1".repeat(40) + " end";
    assertThat(Leaks.masked(text)).endsWith("*** end").hasSizeLessThan(80);
  }
}
