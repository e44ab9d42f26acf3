// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static dev.redoubt.sandbox.network.ScriptedServer.says;
import static dev.redoubt.sandbox.network.TestNet.allowing;
import static dev.redoubt.sandbox.network.TestNet.get;
import static dev.redoubt.sandbox.network.TestNet.open;
import static dev.redoubt.sandbox.network.TestNet.operator;
import static dev.redoubt.sandbox.network.TestNet.told;
import static dev.redoubt.sandbox.network.TestNet.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Content;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated
class WebClientTest {

  private static final String HELLO = "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello";
  private static final WebHeader KEY = WebHeader.plain("Authorization", "Bearer k");
  private static final WebHeader MARKED = WebHeader.secret("X-Shop", "s");
  private static final WebHeader LANGUAGE = WebHeader.plain("Accept-Language", "de");

  private final List<ScriptedServer> servers = new ArrayList<>();
  private final TestNet net = new TestNet();

  @AfterEach
  void stopsTheServers() {
    servers.forEach(ScriptedServer::close);
  }

  @Test
  void theUrlIsAskedForAsItWasRead() throws Exception {
    ScriptedServer server = serve("1.2.3.4:80", HELLO);
    net.name("docs.example", "1.2.3.4");

    assertThat(
            told(net.client().send(get("HTTP://Docs.Example/a/../b%7e?q=[1]#x", open(), LANGUAGE))))
        .isEqualTo("200 hello");

    assertThat(server.requests())
        .containsExactly(
            """
            GET /b~?q=%5B1%5D HTTP/1.1
            Host: docs.example
            Connection: close
            User-Agent: redoubt
            Accept-Encoding: gzip
            Accept-Language: de

            """
                .replace("\n", "\r\n"));
  }

  @Test
  void aPathOfTwoSlashesIsNoHost() throws Exception {
    ScriptedServer server = serve("1.2.3.4:80", HELLO);
    net.name("docs.example", "1.2.3.4");

    assertThat(told(net.client().send(get("http://docs.example//127.0.0.1/x", open()))))
        .isEqualTo("200 hello");
    assertThat(server.requests().getFirst()).startsWith("GET //127.0.0.1/x HTTP/1.1\r\n");
  }

  @Test
  void aNameIsResolvedOnceAndTheJudgedAddressIsDialled() throws Exception {
    serve("1.2.3.4:80", HELLO);
    net.name("rebinding.example", "1.2.3.4", "127.0.0.1");

    assertThat(told(net.client().send(get("http://rebinding.example/", open()))))
        .isEqualTo("200 hello");

    assertThat(net.lookups()).containsExactly("rebinding.example");
    assertThat(net.dialled()).containsExactly("1.2.3.4:80");
  }

  @Test
  void aNameThatIsRebornInsideIsRefusedAtTheNextHop() throws Exception {
    serve("1.2.3.4:80", "HTTP/1.1 302 Found\nLocation: /next\nContent-Length: 0\n\n");
    net.name("rebinding.example", "1.2.3.4", "127.0.0.1");

    assertThat(told(net.client().send(get("http://rebinding.example/", open()))))
        .isEqualTo("net.resolves-inward");
    assertThat(net.dialled()).containsExactly("1.2.3.4:80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3.4 10.0.0.1",
        "127.0.0.1",
        "::1",
        "169.254.169.254",
        "1.2.3.4 ::ffff:7f00:1",
        "64:ff9b::a00:1",
        "0.0.0.0"
      })
  void oneInnerAddressAmongTheAnswersRefusesAll(String answers) throws Exception {
    net.name("docs.example", answers);

    assertThat(told(net.client().send(get("http://docs.example/", open()))))
        .isEqualTo("net.resolves-inward");
    assertThat(net.dialled()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1/", "http://[::1]/", "http://localhost/", "http://10.0.0.1/"})
  void anInnerAddressIsNeitherResolvedNorDialled(String inner) throws Exception {
    assertThat(net.client().send(get(inner, open()))).isInstanceOf(WebOutcome.Refused.class);

    assertThat(net.lookups()).isEmpty();
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void theNextJudgedAddressIsTriedWhenOneDoesNotAnswer() throws Exception {
    serve("[2606:4700::1]:80", HELLO);
    net.name("docs.example", "1.2.3.4 2606:4700::1");

    assertThat(told(net.client().send(get("http://docs.example/", open())))).isEqualTo("200 hello");
    assertThat(net.dialled()).containsExactly("1.2.3.4:80", "[2606:4700::1]:80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "//10.0.0.1/",
        "http://docs.example@10.0.0.1/",
        "http://docs.example\\@10.0.0.1/",
        "file:///etc/passwd",
        "gopher://docs.example/",
        "http://elsewhere.example/",
        "http://docs.example:22/",
        "http://docs.example:443/",
        "https://docs.example:8443/",
        "http://docs.example.evil.example/",
        "https://elsewhere.example/",
      })
  void aRedirectInwardOrElsewhereIsNotFollowed(String location) throws Exception {
    ScriptedServer inner = serve("127.0.0.1:80", HELLO);
    serve("1.2.3.4:80", "HTTP/1.1 302 Found\nLocation: " + location + "\nContent-Length: 0\n\n");
    net.name("docs.example", "1.2.3.4").name("elsewhere.example", "1.2.3.5");

    assertThat(net.client().send(get("http://docs.example/", open())))
        .isInstanceOf(WebOutcome.Refused.class);

    assertThat(net.dialled()).containsExactly("1.2.3.4:80");
    assertThat(inner.requests()).isEmpty();
  }

  @Test
  void evenAnAllowedNameIsJudgedAfterARedirect() throws Exception {
    serve("1.2.3.4:80", "HTTP/1.1 302 Found\nLocation: http://x.docs.example/\n\n");
    net.name("docs.example", "1.2.3.4").name("x.docs.example", "192.168.0.1");

    assertThat(told(net.client().send(get("http://docs.example/", allowing("*.docs.example")))))
        .isEqualTo("net.resolves-inward");
  }

  @Test
  void aRedirectKeepsSecretsWithinTheOriginOnly() throws Exception {
    ScriptedServer first = serve("1.2.3.4:80", "HTTP/1.1 301 Moved\nLocation: /here\n\n");
    net.name("docs.example", "1.2.3.4", "1.2.3.4", "1.2.3.4", "1.2.3.4", "1.2.3.4", "1.2.3.4");

    assertThat(told(net.client().send(get("http://docs.example/", open(), KEY, MARKED))))
        .isEqualTo("net.redirects");

    assertThat(first.requests()).hasSize(6);
    assertThat(first.requests().getLast()).contains("Authorization: Bearer k", "X-Shop: s");
  }

  @Test
  void secretsAreDroppedAcrossOriginsAndStayDropped() throws Exception {
    ScriptedServer first =
        serve("1.2.3.4:80", "HTTP/1.1 307 Moved\nLocation: http://docs.example:8080/there\n\n");
    ScriptedServer second =
        serve("1.2.3.4:8080", "HTTP/1.1 307 Moved\nLocation: http://b.docs.example/x\n\n");
    ScriptedServer third = serve("1.2.3.5:80", HELLO);
    net.name("docs.example", "1.2.3.4", "1.2.3.4").name("b.docs.example", "1.2.3.5");

    String told =
        told(
            net.client()
                .send(
                    get(
                        "http://docs.example/",
                        allowing("docs.example", "*.docs.example"),
                        KEY,
                        MARKED,
                        LANGUAGE)));

    assertThat(told).isEqualTo("200 hello");
    assertThat(first.requests().getFirst()).contains("Bearer k", "X-Shop", "Accept-Language: de");
    for (ScriptedServer later : List.of(second, third)) {
      assertThat(later.requests().getFirst())
          .contains("Accept-Language: de")
          .doesNotContain("Authorization", "Bearer", "X-Shop");
    }
  }

  @Test
  void aPostSendsItsBodyAndFollowsNoRedirect() throws Exception {
    ScriptedServer server =
        serve("1.2.3.4:80", "HTTP/1.1 307 Moved\nLocation: /x\nContent-Length: 2\n\nno");
    net.name("docs.example", "1.2.3.4");
    WebRequest post =
        new WebRequest(
            "POST",
            url("http://docs.example/"),
            List.of(WebHeader.plain("Content-Type", "text/plain")),
            Content.of("hällo"),
            open(),
            TestNet.limits());

    assertThat(told(net.client().send(post))).isEqualTo("307 no");
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().getFirst())
        .contains("Content-Length: 6\r\n")
        .endsWith("\r\n\r\nhÃ¤llo");
  }

  @Test
  void nothingIsRememberedBetweenRequests() throws Exception {
    ScriptedServer server =
        serve("1.2.3.4:80", "HTTP/1.1 200 OK\nSet-Cookie: a=b; Path=/\nContent-Length: 0\n\n");
    net.name("docs.example", "1.2.3.4", "1.2.3.4");
    WebClient client = net.client();

    told(client.send(get("http://docs.example/", open(), KEY)));
    told(client.send(get("http://docs.example/", open())));

    assertThat(server.requests().getLast()).doesNotContain("Cookie", "Authorization");
  }

  @Test
  void aProxyOfTheSystemPropertiesIsNotUsed() throws Exception {
    serve("1.2.3.4:80", HELLO);
    net.name("docs.example", "1.2.3.4");
    List<String> proxies = List.of("http.proxyHost", "https.proxyHost", "socksProxyHost");
    proxies.forEach(name -> System.setProperty(name, "127.0.0.1"));
    try {
      assertThat(told(net.client().send(get("http://docs.example/", open()))))
          .isEqualTo("200 hello");
    } finally {
      proxies.forEach(System::clearProperty);
    }
  }

  @Test
  void aRuleThatDeniesStopsEvenTheFirstRequest() throws Exception {
    net.name("docs.example", "1.2.3.4");
    Surface denying =
        new Surface.Open(
            new dev.redoubt.guard.network.NetworkRules(
                List.of(),
                List.of(
                    TestNet.good(
                        dev.redoubt.guard.network.NetworkMatcher.parse("docs.example:80")))));

    assertThat(told(net.client().send(get("http://docs.example/", denying))))
        .isEqualTo("net.denied");
    assertThat(net.lookups()).isEmpty();
  }

  @Test
  void whatAnOperatorNamedIsReachedOnLoopback() throws Exception {
    ScriptedServer server = ScriptedServer.plain(says(HELLO));
    servers.add(server);
    String at = "127.0.0.1:" + server.port();
    net.server(at, server.port());

    assertThat(told(net.client().send(get("http://" + at + "/", operator(at)))))
        .isEqualTo("200 hello");
    assertThat(told(net.client().send(get("http://127.0.0.1:1/", operator(at)))))
        .isEqualTo("net.other-target");
    assertThat(told(net.client().send(get("http://" + at + "/", open()))))
        .isEqualTo("net.inner-address");
  }

  @Test
  void plainHttpToWhatAnOperatorNamedIsForLoopbackOnly() throws Exception {
    net.name("docs.example", "127.0.0.1").name("x.localhost", "10.0.0.1");

    assertThat(told(net.client().send(get("http://docs.example/", operator("docs.example:80")))))
        .isEqualTo("net.operator-target");
    assertThat(told(net.client().send(get("http://x.localhost/", operator("x.localhost:80")))))
        .isEqualTo("net.operator-target");
    assertThat(told(net.client().send(get("http://10.0.0.1/", operator("10.0.0.1:80")))))
        .isEqualTo("net.operator-target");
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void anOperatorsTargetMayNotRedirectElsewhere() throws Exception {
    ScriptedServer server =
        ScriptedServer.plain(says("HTTP/1.1 302 Found\nLocation: http://127.0.0.1:1/\n\n"));
    servers.add(server);
    String at = "127.0.0.1:" + server.port();
    net.server(at, server.port());

    assertThat(told(net.client().send(get("http://" + at + "/", operator(at)))))
        .isEqualTo("net.redirect-elsewhere");
  }

  @Test
  void aNameWithoutAnAddressIsRefused() throws Exception {
    assertThat(told(net.client().send(get("http://nowhere.example/", open()))))
        .isEqualTo("net.unresolvable");
  }

  @Test
  void aServerThatDoesNotListenIsAnError() {
    net.name("docs.example", "1.2.3.4");

    assertThatThrownBy(() -> net.client().send(get("http://docs.example/", open())))
        .isInstanceOf(java.net.ConnectException.class);
  }

  private ScriptedServer serve(String at, String answer) {
    ScriptedServer server = ScriptedServer.plain(says(answer));
    servers.add(server);
    net.server(at, server.port());
    return server;
  }
}
