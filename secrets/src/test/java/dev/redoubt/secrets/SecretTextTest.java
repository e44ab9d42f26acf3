// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Credential.Form;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GITHUB_PERSONAL_ACCESS_TOKEN | ghp_16C7e42F292c6912E7710c838347Ae178B4a
          ANYTHING                     | github_pat_11ABCDEFG0a1b2c3d4e5f6_a1b2c3d4e5f6g7h8i9j0
          OPENAI_API_KEY               | sk-proj-Ab3dE6gH9jK2mN5pQ8sT1vW4yZ7
          MODEL                        | sk-ant-api03-Ab3dE6gH9jK2mN5pQ8sT1vW4yZ7
          AWS_ACCESS_KEY_ID            | AKIAQ3EGR7TYUI2OPLKJ
          SLACK_BOT_TOKEN              | xoxb-2345678901-2345678901234-AbCdEfGhIjKlMnOpQrStUvWx
          DB_PASSWORD                  | hunter2
          dbPassword                   | Tr0ub4dor&3
          API_KEY                      | 0123456789abcdef0123456789abcdef
          clientSecret                 | s3cr3t-value-from-a-console
          Authorization                | Bearer 8f14e45fceea167a5a36dedd4bea2543
          Authorization                | Basic dXNlcjpwYXNzd29yZA==
          X-API-Key                    | 9Zk2Lq7Vx1
          Cookie                       | session=4f2a9c; theme=dark
          DATABASE_URL                 | postgresql://app:pa55word@db.example:5432/app
          REDIS_URL                    | redis://:pa55word@cache.example:6379
          SLACK_WEBHOOK_URL            | https://hooks.slack.com/services/T0123ABCD/B0123ABCD/aBcDeFgHiJkLmNoPqRsTuVwX
          ENDPOINT                     | https://api.example/v1?api_key=9Zk2Lq7Vx1
          BLOB                         | aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0iL3oR6uX9
          STRIPE_KEY                   | rk_live_Ab3dE6gH9jK2mN5pQ8sT
          SECRET_KEY_BASE64_KEY        | Zm9vYmFyMTIzNDU2Nzg5MHF3ZXJ0eXVpb3A=
          JWT                          | eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P
          """)
  void aSecretInPlainTextIsOne(String name, String value) {
    assertThat(SecretText.form(name, value)).isEqualTo(Form.LITERAL_SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GITHUB_TOKEN   | ${GITHUB_TOKEN}
          GITHUB_TOKEN   | ${input:github_token}
          GITHUB_TOKEN   | ${env:GITHUB_TOKEN}
          GITHUB_TOKEN   | $GITHUB_TOKEN
          GITHUB_TOKEN   | %GITHUB_TOKEN%
          GITHUB_TOKEN   | {{github.token}}
          GITHUB_TOKEN   | {env:GITHUB_TOKEN}
          GITHUB_TOKEN   | {file:~/.secrets/github}
          GITHUB_TOKEN   | $(gh auth token)
          GITHUB_TOKEN   | <YOUR_TOKEN>
          GITHUB_TOKEN   | <your token here>
          GITHUB_TOKEN   | your-github-token
          GITHUB_TOKEN   | YOUR_API_KEY
          GITHUB_TOKEN   | ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
          GITHUB_TOKEN   | ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
          GITHUB_TOKEN   | ghp_...
          GITHUB_TOKEN   | xxx
          GITHUB_TOKEN   | xxxx-xxxx
          GITHUB_TOKEN   | op://vault/github/token
          GITHUB_TOKEN   | env:GITHUB_TOKEN
          GITHUB_TOKEN   | changeme
          GITHUB_TOKEN   | GITHUB_TOKEN
          GITHUB_TOKEN   | paste-your-token-here
          GITHUB_TOKEN   | [YOUR TOKEN]
          GITHUB_TOKEN   | ***
          AWS_KEY        | AKIAIOSFODNN7EXAMPLE
          Authorization  | Bearer ${TOKEN}
          Authorization  | Bearer <token>
          DATABASE_URL   | postgresql://app:${DB_PASSWORD}@db.example/app
          ENDPOINT       | https://api.example/v1?api_key=${KEY}
          PLAIN_NAME     | ${workspaceFolder}
          """)
  void aReferenceOrPlaceholderIsNoSecret(String name, String value) {
    assertThat(SecretText.form(name, value)).isEqualTo(Form.REFERENCE);
  }

  @Test
  void anEmptyValueIsFilledInAtRunTime() {
    assertThat(SecretText.form("TOKEN", "")).isEqualTo(Form.REFERENCE);
    assertThat(SecretText.form("ANYTHING", "  ")).isEqualTo(Form.REFERENCE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MODEL                          | gpt-4o-mini-2024-07-18
          MODEL                          | claude-sonnet-4-5-20250929
          MODEL                          | anthropic.claude-3-5-sonnet-20241022-v2:0
          PORT                           | 8080
          DEBUG                          | true
          USE_TOKEN                      | true
          AUTH_TYPE                      | oauth
          MAX_TOKENS                     | 4096
          MAX_TOKEN                      | 4096
          TOKEN_LIMIT                    | 8192
          GOOGLE_APPLICATION_CREDENTIALS | /home/me/keys/service-account.json
          GOOGLE_APPLICATION_CREDENTIALS | service-account.json
          TOKEN                          | ~/.config/token
          SSH_PRIVATE_KEY                | C:\\Users\\me\\.ssh\\id_ed25519
          SECRET_NAME                    | prod/app/database
          TOKEN_URL                      | https://login.example/oauth/token
          API_BASE_URL                   | https://api.example/v1/models?limit=20
          PROJECT_ID                     | 6f9619ff-8b86-d011-b42d-00cf4fc964ff
          SESSION                        | 6f9619ff-8b86-d011-b42d-00cf4fc964ff
          COMMIT                         | 9fceb02d0ae598e95dc970b74767f19372d61af8
          PATH                           | /usr/local/bin:/usr/bin:/bin
          NODE_OPTIONS                   | --max-old-space-size=4096
          REGION                         | us-east-1
          PRIMARY_KEY                    | id
          PUBLIC_KEY                     | MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4f5wg2l2hKsTeNem
          LOG_FORMAT                     | %(asctime)s %(levelname)s
          MCP_REMOTE_CONFIG_DIR          | ./.mcp-auth
          DATABASE_URL                   | postgresql://localhost:5432/app
          CLASS                          | com.example.project.VeryLongClassNameForTheFactory2
          """)
  void aPathFlagModelOrAddressIsNoSecret(String name, String value) {
    assertThat(SecretText.form(name, value)).isNotEqualTo(Form.LITERAL_SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          curl -H "Authorization: Bearer 8f14e45fceea167a5a" x  | curl -H "Authorization: Bearer ***" x
          export API_KEY=9Zk2Lq7Vx1aa && run                    | export API_KEY=*** && run
          psql postgresql://app:pa55word@db.example/app         | psql postgresql://app:***@db.example/app
          use ghp_16C7e42F292c6912E7710c838347Ae178B4a today    | use *** today
          see https://a.example/x?token=9Zk2Lq7Vx1&page=2       | see https://a.example/x?token=***&page=2
          the token expires after an hour                       | the token expires after an hour
          password: ask your administrator                      | password: ask your administrator
          set TOKEN=${TOKEN} first                              | set TOKEN=${TOKEN} first
          """)
  void secretsAreReplacedInsideAText(String text, String redacted) {
    assertThat(SecretText.redact(text)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void noTextTakesLong(int seed) {
    Random random = new Random(seed);
    String alphabet = "=:/?&@-_.$<>{}% \"'abAB09";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    long before = System.nanoTime();

    SecretText.form("password", text.toString());
    SecretText.redact(text.toString());

    assertThat(System.nanoTime() - before)
        .as(() -> String.format(Locale.ROOT, "seed %d", seed))
        .isLessThan(5_000_000_000L);
  }
}
