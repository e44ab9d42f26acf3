// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Seeded;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          curl -H "Authorization: Bearer abc" https://a.example  | curl -H "Authorization: ***" https://a.example
          curl -H 'authorization: Basic dXNlcjpwYXNz' x          | curl -H 'authorization: ***' x
          curl -H "Cookie: sid=1; theme=dark" x                  | curl -H "Cookie: ***" x
          curl -H "X-Api-Key: 9Zk2" x                            | curl -H "X-Api-Key: ***" x
          curl -u me:pw https://a.example                        | curl -u me:*** https://a.example
          curl -ume:pw https://a.example                         | curl -ume:*** https://a.example
          curl --user=me:pw https://a.example                    | curl --user=me:*** https://a.example
          curl https://me:pw@a.example/x                         | curl https://me:***@a.example/x
          docker run -u 1000:1000 image                          | docker run -u 1000:1000 image
          docker login -u me -p pw registry.example              | docker login -u me -p *** registry.example
          mysql -uroot -ppw db                                   | mysql -uroot -p*** db
          PGPASSWORD=pw psql -h db                               | PGPASSWORD=*** psql -h db
          export API_KEY=k && run                                | export API_KEY=*** && run
          export API_KEY="a b c" && run                          | export API_KEY=*** && run
          run --token t --port 8080                              | run --token *** --port 8080
          run --token "t u" --port 8080                          | run --token "***" --port 8080
          run --password=pw -v                                   | run --password=*** -v
          sshpass -p pw ssh host                                 | sshpass -p *** ssh host
          redis-cli -h c -a pw ping                              | redis-cli -h c -a *** ping
          openssl enc -k pw -in f                                | openssl enc -k *** -in f
          zip -P pw out.zip f                                    | zip -P *** out.zip f
          ls && mysql -ppw                                       | ls && mysql -p***
          {"password":"pw","n":1}                                | {"password":"***","n":1}
          {\\"password\\":\\"pw\\",\\"n\\":1}                    | {\\"password\\":\\"***\\",\\"n\\":1}
          {"api_key": "a\\"b", "n": 1}                           | {"api_key": "***", "n": 1}
          {'secret': 'pw'}                                       | {'secret': '***'}
          password: pw                                           | password: ***
          client_secret => 'pw'                                  | client_secret => '***'
          Server=db;User Id=app;Password=pw;                     | Server=db;User Id=app;Password=***;
          AccountName=a;AccountKey=Zm9v==;EndpointSuffix=e       | AccountName=a;AccountKey=***;EndpointSuffix=e
          jdbc:postgresql://db.example/app?user=a&password=pw    | jdbc:postgresql://db.example/app?user=a&password=***
          use ghp_16C7e42F292c6912E7710c838347Ae178B4a today     | use *** today
          AKIAQ3EGR7TYUI2OPLKJ                                   | ***
          run --key 9Zk2Lq7Vx1                                   | run --key ***
          run --pin 1234567                                      | run --pin ***
          """)
  void aSecretInATextIsMasked(String text, String shown) {
    assertThat(Redaction.text(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls -la",
        "git log --oneline -5",
        "mvn -q test",
        "rg foo src | head -n 3",
        "cp -p a b && rm -rf build",
        "find . -name '*.java' | wc -l",
        "for f in src/*.c; do wc -l \"$f\"; done",
        "export API_KEY=$API_KEY && run --token ${TOKEN}",
        "ssh -p 2222 host",
        "mkdir -p src/main/java/dev/redoubt/secrets",
        "git checkout 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "docker pull images.example/app@sha256:"
            + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "the token expires after an hour",
        "--max-tokens 4096 --token-file /run/secrets/t",
        "https://a.example/v1/models?limit=20#top"
      })
  void whatHoldsNoSecretStaysAsItIs(String text) {
    assertThat(Redaction.text(text)).isEqualTo(text);
  }

  @Test
  void aPrivateKeyIsMaskedFromBeginToEnd() {
    String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n/x+y\n-----END RSA PRIVATE KEY-----";

    assertThat(Redaction.text("a\n" + key + "\nb\n" + key + "\nc")).isEqualTo("a\n***\nb\n***\nc");
    assertThat(Redaction.text("a\n-----BEGIN PRIVATE KEY-----\nMIIEcut")).isEqualTo("a\n***");
    assertThat(Redaction.text("-----BEGIN CERTIFICATE-----\nMIIE"))
        .isEqualTo("-----BEGIN CERTIFICATE-----\nMIIE");
  }

  @Test
  void theWordsOfACommandLineAreReadByTheirPlace() {
    assertThat(Redaction.arguments(List.of("mysql", "-uroot", "-ppw", "--password", "p w", "db")))
        .containsExactly("mysql", "-uroot", "-p***", "--password", "***", "db");
    assertThat(Redaction.arguments(List.of("sudo", "redis-cli", "-a", "pw", "ping")))
        .containsExactly("sudo", "redis-cli", "-a", "***", "ping");
    assertThat(Redaction.arguments(List.of("env", "DB_PASSWORD=pw", "run", "--pass", "abc123")))
        .containsExactly("env", "DB_PASSWORD=***", "run", "--pass", "***");
  }

  @ParameterizedTest
  @CsvSource({
    "DB_PASSWORD,pw,***",
    "DB_PASSWORD,$ecret1,***",
    "DB_PASSWORD,/slash,***",
    "DB_PASSWORD,,''",
    "API_KEY,${API_KEY},${API_KEY}",
    "USE_TOKEN,true,true",
    "SESSION,abc123,***",
    "TOKEN_FILE,/run/t,/run/t",
    "PATH,/usr/bin:/bin,/usr/bin:/bin",
    "DATABASE_URL,postgres://a:pw@db/x,postgres://a:***@db/x"
  })
  void aValueIsReadByItsName(String name, String value, String shown) {
    assertThat(Redaction.value(name, value == null ? "" : value)).isEqualTo(shown);
  }

  @Test
  void aPlantedSecretNeverAppears() {
    List<String> places =
        List.of(
            "run --password %s now",
            "run --api-key=%s now",
            "TOKEN=%s run",
            "{\"a\":{\"clientSecret\":\"%s\"}}",
            "curl -H \"Authorization: Bearer %s\" x",
            "psql postgresql://app:%s@db.example/app",
            "password: %s",
            "note\nGITHUB_TOKEN=\"%s\"\nend",
            "token ghp_%s0123456789abcdef0123456789",
            "mysql -p%s db",
            "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----");
    Seeded.check(
        2000,
        random -> {
          String secret = secret(random);
          String before = Seeded.text(random, LETTERS + "  ;|&='\".,/-\n", random.nextInt(30));
          String text =
              before.replaceAll("['\"]", "") + "\n" + Seeded.pick(random, places).formatted(secret);
          assertThat(Redaction.text(text)).doesNotContain(secret);
        });
  }

  @Test
  void hostileTextTakesNoTimeToSpeakOf() {
    for (String part :
        List.of("key=\"", "password=", "a='", "\\\"", "-p ", "token:", "://a:b@", "-----BEGIN ")) {
      assertThat(Redaction.text(part.repeat((1 << 18) / part.length()))).isNotNull();
    }
  }

  private static String secret(RandomGenerator random) {
    return "Zq" + Seeded.text(random, LETTERS, 8 + random.nextInt(20)) + "7";
  }
}
