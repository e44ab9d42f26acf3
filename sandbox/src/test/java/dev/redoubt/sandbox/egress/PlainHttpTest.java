// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static dev.redoubt.sandbox.egress.TestEgress.connected;
import static dev.redoubt.sandbox.egress.TestEgress.head;
import static dev.redoubt.sandbox.egress.TestEgress.raw;
import static dev.redoubt.sandbox.egress.TestEgress.talk;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.sandbox.network.ScriptedServer;
import dev.redoubt.sandbox.network.TestNet;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainHttpTest {

  private static final String HELLO = "HTTP/1.1 200 OK|Content-Length: 5|X-Kept: yes||hello";

  private ScriptedServer server = ScriptedServer.plain(gives(HELLO));
  private final TestNet net =
      new TestNet()
          .name("docs.example", "93.184.216.34", "93.184.216.34", "93.184.216.34")
          .name("other.example", "93.184.216.35")
          .server("93.184.216.34:80", server.port())
          .server("93.184.216.34:8080", server.port());
  private final TestEgress egress = new TestEgress(net).allow("docs.example");

  @AfterEach
  void closesEverything() {
    egress.close();
    server.close();
  }

  @Test
  void anAllowedRequestIsServedAndLogged() throws Exception {
    String answer =
        talk(
            egress.onPort(),
            "GET http://docs.example/a?b=c HTTP/1.1|"
                + "Host: docs.example|"
                + "{pass}"
                + "Connection: close||");

    assertThat(answer)
        .isEqualTo(
            lines(
                "HTTP/1.1 200 OK|"
                    + "X-Kept: yes|"
                    + "Content-Length: 5|"
                    + "Connection: close||"
                    + "hello"));
    assertThat(server.requests())
        .containsExactly("GET /a?b=c HTTP/1.1\r\nHost: docs.example\r\nConnection: close\r\n\r\n");
    assertThat(egress.decisions)
        .containsExactly("allow GET http://docs.example/a?b=c (policy policy.command-line:1)");
  }

  @Test
  void whatNobodyAllowedIsRefusedWithTheRuleAndARemedy() throws Exception {
    EgressProxy proxy = egress.onPort();
    String answer = talk(proxy, "GET http://other.example/ HTTP/1.1|Host: other.example|{pass}|");

    assertThat(answer)
        .startsWith("HTTP/1.1 403 Forbidden by net.unresolved\r\n")
        .contains("X-Redoubt-Rule: net.unresolved\r\n")
        .contains("redoubt: refused by net.unresolved: connects to other.example:80, which may be")
        .endsWith("to allow it: --allow net:other.example:80\n");
    assertThat(egress.decisions)
        .containsExactly("ask GET http://other.example/ (policy net.unresolved)");
    assertThat(net.lookups()).isEmpty();
    assertThat(net.dialled()).isEmpty();
    assertThat(proxy.refusals())
        .containsExactly(
            new EgressRefusal(
                "net.unresolved",
                "connects to other.example:80, which may be any machine",
                List.of("net:other.example:80")));
  }

  @Test
  void everyRequestOfAKeptConnectionIsJudged() throws Exception {
    egress.deny("other.example");
    EgressProxy proxy = egress.onPort();
    String one = "GET http://docs.example/1 HTTP/1.1|Host: docs.example|{pass}|";
    String two = "GET http://docs.example/2 HTTP/1.1|Host: docs.example|{pass}|";
    String three = "GET http://other.example/3 HTTP/1.1|Host: other.example|{pass}|";

    String answers = talk(proxy, one + two + three + one);

    assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(4);
    assertThat(egress.decisions)
        .containsExactly(
            "allow GET http://docs.example/1 (policy policy.command-line:1)",
            "allow GET http://docs.example/2 (policy policy.command-line:1)",
            "deny GET http://other.example/3 (policy policy.command-line:2)");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void everyRequestOfAKeptConnectionNeedsTheToken() throws Exception {
    EgressProxy proxy = egress.onPort();
    String one = "GET http://docs.example/1 HTTP/1.1|Host: docs.example|{pass}|";
    String two = "GET http://docs.example/2 HTTP/1.1|Host: docs.example||";

    assertThat(talk(proxy, one + two)).contains("\r\n\r\nhelloHTTP/1.1 407 ");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void whatIsMeantForTheProxyDoesNotReachTheServer() throws Exception {
    talk(
        egress.onPort(),
        "GET http://docs.example/ HTTP/1.1|"
            + "Host: docs.example:80|"
            + "{pass}"
            + "Connection: close, X-Hop|"
            + "X-Hop: 1|"
            + "Keep-Alive: 5|"
            + "TE: trailers|"
            + "Proxy-Connection: close|"
            + "Upgrade: h2c|"
            + "HTTP2-Settings: AAMAAABk|"
            + "Accept: text/html||");

    assertThat(server.requests())
        .containsExactly(
            lines(
                "GET / HTTP/1.1|"
                    + "Host: docs.example|"
                    + "Connection: close|"
                    + "Accept: text/html||"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://docs.example/ HTTP/1.1|"
            + "Host: docs.example|"
            + "Content-Length: 5|"
            + "Transfer-Encoding: chunked||"
            + "0||",
        "GET http://docs.example/ HTTP/1.1|"
            + "Host: docs.example|"
            + "Content-Length: 5|"
            + "Content-Length: 5||"
            + "hello",
        "GET http://docs.example/ HTTP/1.1|Host: docs.example|Content-Length: 5, 5||hello",
        "GET http://docs.example/ HTTP/1.1|Host: docs.example|Content-Length: +5||hello",
        "GET http://docs.example/ HTTP/1.1|Host: docs.example|Content-Length: 0x5||hello",
        "GET http://docs.example/ HTTP/1.1|"
            + "Host: docs.example|"
            + "Content-Length: 9999999999999999999||"
            + "hello",
        "GET http://docs.example/ HTTP/1.1|Host: docs.example|Content-Length:||hello",
        "GET http://docs.example/ HTTP/1.1|"
            + "Host: docs.example|"
            + "Transfer-Encoding: gzip, chunked||"
            + "0||",
        "GET http://docs.example/ HTTP/1.1|"
            + "Host: docs.example|"
            + "Transfer-Encoding: xchunked||"
            + "0||",
        "GET http://docs.example/ HTTP/1.1|"
            + "Host: docs.example|"
            + "Transfer-Encoding: chunked|"
            + "Transfer-Encoding: identity||"
            + "0||",
        "GET http://docs.example/ HTTP/1.0|"
            + "Host: docs.example|"
            + "Transfer-Encoding: chunked||"
            + "0||",
        "GET http://docs.example/ HTTP/1.1|Host: docs.example|X-A: 1| folded||",
        "GET http://docs.example/ HTTP/1.1|Host: docs.example|\tfolded||",
        "GET http://docs.example/ HTTP/1.1|Host : docs.example||",
        "GET http://docs.example/ HTTP/1.1|"
            + "Host: docs.example|"
            + "Transfer-Encoding : chunked||"
            + "0||",
        "GET http://docs.example/ HTTP/1.1| Host: docs.example||",
        "GET http://docs.example/ HTTP/1.1|Host: docs.example|no colon||",
        "GET http://docs.example/ HTTP/1.1|Host: docs.example|Host: docs.example||",
        "GET http://docs.example/ HTTP/1.1||",
        "GET  http://docs.example/ HTTP/1.1|Host: docs.example||",
        "GET http://docs.example/ a HTTP/1.1|Host: docs.example||",
        "GET http://docs.example/ HTTP/1.1 |Host: docs.example||",
        "GET http://docs.example/||",
        "GET http://docs.example/ HTTP/2.0|Host: docs.example||",
        "GET http://docs.example/ HTTP/1.10|Host: docs.example||",
        "get http://docs.example/ HTTP/1.1|Host: docs.example||",
        "GET / HTTP/1.1|Host: docs.example||",
        "OPTIONS * HTTP/1.1|Host: docs.example||",
        "|GET http://docs.example/ HTTP/1.1|Host: docs.example||",
        "GET http://docs.example/ HTTP/1.1|Host: docs.example|X: a\u0000b||",
        "GET http://docs.example/ HTTP/1.1|Host: docs.example|Expect: 200-ok||",
        "CONNECT docs.example:443 HTTP/1.1|Host: docs.example|Content-Length: 5||hello",
      })
  void whatTwoReadersCouldReadDifferentlyIsRefused(String request) throws Exception {
    String first = request.startsWith("|") ? request : request.replaceFirst("[|]", "|{pass}");

    assertThat(talk(egress.onPort(), first))
        .startsWith("HTTP/1.1 400 ")
        .containsOnlyOnce("X-Redoubt-Rule");
    assertThat(net.dialled()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://docs.example/ HTTP/1.1\nHost: docs.example\r\n\r\n",
        "GET http://docs.example/ HTTP/1.1\r\nHost: docs.example\n\r\n",
        "GET http://docs.example/ HTTP/1.1\r\nHost: docs.example\rX: y\r\n\r\n",
      })
  void aLineEndsWithBothCharactersOrNot(String request) throws Exception {
    assertThat(raw(egress.onPort(), request)).startsWith("HTTP/1.1 400 ");
    assertThat(net.dialled()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://docs.example/, other.example, net.host-mismatch",
    "http://docs.example/, docs.example:81, net.host-mismatch",
    "http://docs.example/, docs.example.other.example, net.host-mismatch",
    "http://docs.example:8080/, docs.example, net.host-mismatch",
    "http://docs.example@other.example/, other.example, net.userinfo",
    "http://u:p@docs.example/, docs.example, net.userinfo",
    "http://docs.example:443/, docs.example:443, net.not-tls",
    "https://docs.example/, docs.example, net.scheme",
    "ftp://docs.example/, docs.example, net.scheme",
    "http:docs.example/, docs.example, net.malformed",
    "http://docs.example\\@other.example/, docs.example, net.malformed",
    "http://2130706433/, 2130706433, net.ip-form",
    "http://0x7f.1/, 0x7f.1, net.ip-form",
    "http://127.1/, 127.1, net.ip-form",
    "http://127.0.0.1/, 127.0.0.1, net.inner-address",
    "http://[::1]/, [::1], net.inner-address",
    "http://[::ffff:127.0.0.1]/, [::ffff:7f00:1], net.inner-address",
    "http://169.254.169.254/latest, 169.254.169.254, net.metadata",
    "http://localhost/, localhost, net.inner-name",
  })
  void aTargetThatIsNotPlainlyTheAllowedOneIsRefused(String target, String host, String rule)
      throws Exception {
    String answer = talk(egress.onPort(), "GET " + target + " HTTP/1.1|Host: " + host + "|{pass}|");

    assertThat(answer).startsWith("HTTP/1.1 403 ").contains("X-Redoubt-Rule: " + rule + "\r\n");
    assertThat(egress.decisions).hasSize(1).allMatch(line -> line.startsWith("deny "));
    assertThat(egress.decisions.getFirst()).doesNotContain("u:p");
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void anUpgradeIsRefused() throws Exception {
    assertThat(
            talk(
                egress.onPort(),
                "GET http://docs.example/ HTTP/1.1|"
                    + "Host: docs.example|"
                    + "{pass}"
                    + "Connection: Upgrade|"
                    + "Upgrade: websocket||"))
        .contains("X-Redoubt-Rule: net.upgrade");
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void aNameThatTurnsInwardIsRefusedWhenItDoes() throws Exception {
    net.name("turning.example", "93.184.216.34", "127.0.0.1", "93.184.216.34 10.0.0.1");
    egress.allow("turning.example");
    EgressProxy proxy = egress.onPort();
    String request =
        "GET http://turning.example/ HTTP/1.1|"
            + "Host: turning.example|"
            + "{pass}"
            + "Connection: close||";

    assertThat(talk(proxy, request)).startsWith("HTTP/1.1 200 ");
    assertThat(talk(proxy, request)).contains("net.resolves-inward");
    assertThat(talk(proxy, request)).contains("net.resolves-inward");
    assertThat(net.dialled()).containsExactly("93.184.216.34:80");
    assertThat(net.lookups()).hasSize(3);
    assertThat(egress.decisions)
        .endsWith("deny GET http://turning.example/ (egress net.resolves-inward)");
  }

  @Test
  void onlyAHostNamedWithItsPortMayLeadInward() throws Exception {
    net.server("127.0.0.1:8080", server.port())
        .server("10.0.0.7:8080", server.port())
        .name("box.corp", "10.0.0.7");
    egress.allow("127.0.0.1:8080", "10.0.0.7:8080", "127.0.0.2", "*.corp:8080");
    EgressProxy proxy = egress.onPort();

    assertThat(talk(proxy, get("127.0.0.1:8080"))).startsWith("HTTP/1.1 200 ");
    assertThat(talk(proxy, get("127.0.0.1:8081"))).contains("net.inner-address");
    assertThat(talk(proxy, get("127.0.0.2:8080"))).contains("net.inner-address");
    assertThat(talk(proxy, get("box.corp:8080"))).contains("net.inner-name");
    // Plain http to a private network is refused whoever names it.
    assertThat(talk(proxy, get("10.0.0.7:8080"))).contains("net.operator-target");
    assertThat(net.dialled()).containsExactly("127.0.0.1:8080");
  }

  @Test
  void bodiesGoBothWays() throws Exception {
    server.close();
    server =
        ScriptedServer.plain((_, out) ->
            out.write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nX-T: 1\r\n\r\n"
                    .getBytes(ISO_8859_1)));
    net.server("93.184.216.34:80", server.port());

    String answer =
        talk(
            egress.onPort(),
            "POST http://docs.example/ HTTP/1.1|"
                + "Host: docs.example|"
                + "{pass}"
                + "Connection: close|"
                + "Content-Length: 4||"
                + "body");

    assertThat(answer).endsWith("\r\n\r\n3\r\nabc\r\n0\r\n\r\n").doesNotContain("X-T");
    assertThat(server.requests())
        .containsExactly(
            lines(
                "POST / HTTP/1.1|"
                    + "Host: docs.example|"
                    + "Connection: close|"
                    + "Content-Length: 4||"
                    + "body"));
  }

  @Test
  void aBodyInChunksIsReadStrictlyAndWrittenAnew() throws Exception {
    try (RawServer echo =
        RawServer.collecting("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "0\r\n\r\n")) {
      net.server("93.184.216.34:80", echo.port());
      String start =
          "POST http://docs.example/ HTTP/1.1|"
              + "Host: docs.example|"
              + "{pass}"
              + "Connection: close|"
              + "Transfer-Encoding: Chunked||";

      assertThat(talk(egress.onPort(), start + "5;a=b|hello|00|Trailer: 1||"))
          .startsWith("HTTP/1.1 200 ");
      assertThat(echo.received())
          .containsExactly(
              lines(
                  "POST / HTTP/1.1|"
                      + "Host: docs.example|"
                      + "Connection: close|"
                      + "Transfer-Encoding: chunked||"
                      + "5|"
                      + "hello|"
                      + "0||"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5|hello!|0||",
        "g|hello|0||",
        "-5|hello|0||",
        "5 |hello|0||",
        "||",
        "1000000000000000|hello",
        "5|helloGET / HTTP/1.1||",
        "0|X : y||"
      })
  void aBrokenChunkEndsTheConnection(String body) throws Exception {
    try (RawServer silent = RawServer.collecting("", "never")) {
      net.server("93.184.216.34:80", silent.port());
      String start =
          "POST http://docs.example/ HTTP/1.1|"
              + "Host: docs.example|"
              + "{pass}"
              + "Transfer-Encoding: chunked||";

      assertThat(talk(egress.onPort(), start + body)).startsWith("HTTP/1.1 400 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 413 Too Large|Content-Length: 0||, HTTP/1.1 413 ",
    "nonsense||, HTTP/1.1 502 ",
  })
  void anAnswerArrivesWhileTheBodyIsStillOnItsWay(String answer, String expected) throws Exception {
    try (RawServer hasty = RawServer.collecting(lines(answer), "\r\n\r\n")) {
      net.server("93.184.216.34:80", hasty.port());
      String request = "POST http://docs.example/ HTTP/1.1|Host: docs.example|{pass}";

      assertThat(talk(egress.onPort(), request + "Content-Length: 1000||part"))
          .startsWith(expected)
          .containsOnlyOnce("HTTP/1.1 ");
    }
  }

  @Test
  void aProgramThatWaitsToSendIsToldToGoOn() throws Exception {
    EgressProxy proxy = egress.onPort();
    try (Socket socket = connected(proxy)) {
      socket
          .getOutputStream()
          .write(
              (lines(
                          "POST http://docs.example/ HTTP/1.1|Host: docs.example|Content-Length: 4|"
                              + "Expect: 100-continue|")
                      + TestEgress.pass(proxy)
                      + "\r\n")
                  .getBytes(ISO_8859_1));
      assertThat(head(socket)).isEqualTo("HTTP/1.1 100 Continue\n\n");
      socket.getOutputStream().write("body".getBytes(ISO_8859_1));
      assertThat(head(socket)).startsWith("HTTP/1.1 200 OK\n");
    }
    assertThat(server.requests().getFirst()).doesNotContain("Expect").endsWith("body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK|Content-Length: 5|Transfer-Encoding: chunked||0||",
        "HTTP/1.1 200 OK|Content-Length: 5|Content-Length: 6||hello",
        "HTTP/1.1 101 Switching Protocols|Upgrade: x||",
        "HTTP/1.1 407 Proxy Authentication Required|Proxy-Authenticate: Basic||",
        "HTTP/1.1 2000 OK||",
        "HTTP/2 200||",
        "HTTP/1.1 200 OK|A: b| folded||",
        "nonsense||",
        "",
      })
  void anAnswerThatCannotBeTrustedIsNotPassedOn(String answer) throws Exception {
    server.close();
    server = ScriptedServer.plain(gives(answer));
    net.server("93.184.216.34:80", server.port());

    assertThat(talk(egress.onPort(), get("docs.example"))).startsWith("HTTP/1.1 502 ");
  }

  @Test
  void anAnswerThatEndsWithItsConnectionEndsOursToo() throws Exception {
    server.close();
    server = ScriptedServer.plain(gives("HTTP/1.0 200 OK||until the end"));
    net.server("93.184.216.34:80", server.port());

    assertThat(
            talk(egress.onPort(), "GET http://docs.example/ HTTP/1.1|Host: docs.example|{pass}|"))
        .isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end");
  }

  @Test
  void aRedirectIsTheProgramsBusiness() throws Exception {
    server.close();
    server =
        ScriptedServer.plain(
            gives("HTTP/1.1 302 Found|Location: http://127.0.0.1/|Content-Length: 0||"));
    net.server("93.184.216.34:80", server.port());
    EgressProxy proxy = egress.onPort();

    assertThat(talk(proxy, get("docs.example"))).contains("Location: http://127.0.0.1/\r\n");
    assertThat(talk(proxy, get("127.0.0.1"))).startsWith("HTTP/1.1 403 ");
  }

  @Test
  void aServerThatIsGoneIsABadGateway() throws Exception {
    net.name("gone.example", "93.184.216.36").name("nowhere.example");
    egress.allow("gone.example", "unknown.example");
    EgressProxy proxy = egress.onPort();

    assertThat(talk(proxy, get("gone.example")))
        .startsWith("HTTP/1.1 502 ")
        .contains("net.unreachable");
    assertThat(talk(proxy, get("unknown.example")))
        .startsWith("HTTP/1.1 502 ")
        .contains("net.unresolvable");
  }

  @Test
  void aServerThatSaysNothingIsATimeout() throws Exception {
    egress.limits =
        new EgressLimits(
            9,
            9000,
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            1 << 20);
    try (RawServer silent = RawServer.collecting("", "never")) {
      net.server("93.184.216.34:80", silent.port());

      assertThat(talk(egress.onPort(), get("docs.example"))).startsWith("HTTP/1.1 504 ");
    }
  }

  @Test
  void aCredentialGoesOnlyToTheHostItIsBoundTo() throws Exception {
    net.server("93.184.216.35:80", server.port());
    egress.allow("other.example");
    egress.credentials =
        List.of(
            new CredentialBinding(
                "REDOUBT-PLACEHOLDER-1",
                TestNet.good(NetworkMatcher.parse("docs.example:80")),
                () -> "s3cret"));
    EgressProxy proxy = egress.onPort();
    String basic =
        Base64.getEncoder().encodeToString("me:REDOUBT-PLACEHOLDER-1".getBytes(ISO_8859_1));
    for (String host : List.of("docs.example", "other.example")) {
      talk(
          proxy,
          "GET http://%s/REDOUBT-PLACEHOLDER-1 HTTP/1.1|Host: %s|{pass}Connection: close|X-Key: a REDOUBT-PLACEHOLDER-1|Authorization: Basic %s||"
              .formatted(host, host, basic));
    }

    assertThat(server.requests().getFirst())
        .contains("GET /REDOUBT-PLACEHOLDER-1 ", "X-Key: a s3cret\r\n")
        .contains(Base64.getEncoder().encodeToString("me:s3cret".getBytes(ISO_8859_1)));
    assertThat(server.requests().getLast())
        .contains("X-Key: a REDOUBT-PLACEHOLDER-1\r\n", basic)
        .doesNotContain("s3cret");
    assertThat(egress.decisions.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / Origin",
        "GET / X-Request-Id",
        "GET / Idempotency-Key",
        "GET / Referer",
        "GET / User-Agent",
        "TRACE / Authorization",
        "TRACK / Authorization",
      })
  void aCredentialIsNotPutWhereServersSendItBack(String text) throws Exception {
    String[] words = text.split(" ", -1);
    egress.credentials =
        List.of(
            new CredentialBinding(
                "REDOUBT-PLACEHOLDER-1",
                TestNet.good(NetworkMatcher.parse("docs.example:80")),
                () -> "s3cret-value"));

    talk(
        egress.onPort(),
        "%s http://docs.example/ HTTP/1.1|Host: docs.example|{pass}Connection: close|%s: REDOUBT-PLACEHOLDER-1||"
            .formatted(words[0], words[2]));

    assertThat(server.requests().toString()).doesNotContain("s3cret");
  }

  @Test
  void aServerThatSendsALineBackTellsThePlaceholder() throws Exception {
    egress.credentials =
        List.of(
            new CredentialBinding(
                "REDOUBT-PLACEHOLDER-1",
                TestNet.good(NetworkMatcher.parse("docs.example:80")),
                () -> "s3cret-value"));
    try (RawServer web =
        RawServer.collecting(
            "HTTP/1.1 200 OK\r\nX-Token: <s3cret-value>\r\nContent-Length: 0\r\n\r\n",
            "\r\n\r\n")) {
      net.server("93.184.216.34:80", web.port());

      assertThat(
              talk(
                  egress.onPort(),
                  "GET http://docs.example/ HTTP/1.1|Host: docs.example|{pass}Connection: close|"
                      + "X-Token: REDOUBT-PLACEHOLDER-1||"))
          .contains("X-Token: <REDOUBT-PLACEHOLDER-1>\r\n")
          .doesNotContain("s3cret");
      assertThat(web.received().getFirst()).contains("X-Token: s3cret-value\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-HTTP-Method-Override: DELETE", "x-original-url: /admin"})
  void anotherMethodOrAddressThanTheJudgedOneIsRefused(String line) throws Exception {
    assertThat(
            talk(
                egress.onPort(),
                "GET http://docs.example/ HTTP/1.1|Host: docs.example|{pass}" + line + "||"))
        .startsWith("HTTP/1.1 403 ")
        .contains("net.override");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aCredentialThatWouldEndItsLineIsNotSent() throws Exception {
    egress.credentials =
        List.of(
            new CredentialBinding(
                "REDOUBT-PLACEHOLDER-1",
                TestNet.good(NetworkMatcher.parse("docs.example")),
                () -> "a\r\nX-Evil: b"));

    assertThat(
            talk(
                egress.onPort(),
                "GET http://docs.example/ HTTP/1.1|"
                    + "Host: docs.example|"
                    + "{pass}"
                    + "X-Key: REDOUBT-PLACEHOLDER-1||"))
        .startsWith("HTTP/1.1 502 ")
        .contains("net.credential")
        .doesNotContain("Evil");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Proxy-Authorization: Basic|",
        "Proxy-Authorization: Basic !!!|",
        "Proxy-Authorization: Bearer x|",
        "Proxy-Authorization: Basic cmVkb3VidDo=|",
        "Proxy-Authorization: Basic cmVkb3VidDp4|",
      })
  void whoDoesNotKnowTheTokenIsNotServed(String line) throws IOException {
    assertThat(
            talk(
                egress.onPort(),
                "GET http://docs.example/ HTTP/1.1|Host: docs.example|" + line + "|"))
        .startsWith("HTTP/1.1 407 ")
        .contains("Proxy-Authenticate: Basic realm=\"redoubt\"\r\n");
    assertThat(egress.decisions).isEmpty();
  }

  private static String lines(String text) {
    return text.replace("|", "\r\n");
  }

  private static ScriptedServer.Script gives(String answer) {
    return ScriptedServer.says(answer.replace('|', '\n'));
  }

  private static String get(String authority) {
    return "GET http://%s/ HTTP/1.1|Host: %s|{pass}Connection: close||"
        .formatted(authority, authority);
  }
}
