// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static dev.redoubt.sandbox.network.ScriptedServer.says;
import static dev.redoubt.sandbox.network.TestNet.limits;
import static dev.redoubt.sandbox.network.TestNet.operator;
import static dev.redoubt.sandbox.network.TestNet.told;
import static dev.redoubt.sandbox.network.TestNet.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Content;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptConnectionsTest {

  private static final String HELLO = "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n";
  private static final Duration LONG = Duration.ofHours(1);

  private final List<ScriptedServer> servers = new ArrayList<>();

  @AfterEach
  void stopsTheServers() {
    servers.forEach(ScriptedServer::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {HELLO, CHUNKED})
  void oneConnectionCarriesManyRequests(String answer) throws Exception {
    ScriptedServer server = serve(says(answer));
    TestNet net = net(server);
    WebClient client = net.client().keeping(LONG);

    for (int i = 0; i < 20; i++) {
      assertThat(told(client.send(post("k")))).isEqualTo("200 hello");
    }

    assertThat(server.requests()).hasSize(20).noneMatch(it -> it.contains("Connection: close"));
    assertThat(server.connections()).isEqualTo(1);
    assertThat(net.dialled()).hasSize(1);
  }

  @Test
  void withoutKeepingEachRequestHasItsOwn() throws Exception {
    ScriptedServer server = serve(says(HELLO));
    WebClient client = net(server).client();
    told(client.send(post("k")));
    told(client.send(post("k")));
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.requests()).allMatch(it -> it.contains("Connection: close"));
  }

  @Test
  void anotherKeyOrAnotherOriginHasAnotherConnection() throws Exception {
    ScriptedServer server = serve(says(HELLO));
    ScriptedServer elsewhere = serve(says(HELLO));
    TestNet net = net(server).server("127.0.0.1:81", elsewhere.port());
    WebClient client = net.client().keeping(LONG);

    told(client.send(post("one")));
    told(client.send(post("two")));
    assertThat(server.connections()).isEqualTo(2);
    told(client.send(post("one", "http://localhost:81/", "localhost:81")));
    assertThat(elsewhere.connections()).isEqualTo(1);
    told(client.send(post("one", "http://127.0.0.1/", "127.0.0.1:80")));
    assertThat(server.connections()).isEqualTo(3);
    told(client.send(post("one")));
    told(client.send(post("two")));
    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void whatAModelNamedIsNeverKept() throws Exception {
    ScriptedServer server = serve(says(HELLO));
    TestNet net =
        new TestNet()
            .name("docs.example", "1.2.3.4", "1.2.3.4")
            .server("1.2.3.4:80", server.port());
    WebClient client = net.client().keeping(LONG);
    told(client.send(TestNet.get("http://docs.example/", TestNet.open())));
    told(client.send(TestNet.get("http://docs.example/", TestNet.open())));
    assertThat(server.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Says that it ends, or cannot say where.
        "HTTP/1.1 200 OK\nConnection: keep-alive, Close\nContent-Length: 5\n\nhello",
        "HTTP/1.0 200 OK\nContent-Length: 5\n\nhello",
        // Two ways to read where it ends.
        "HTTP/1.1 200 OK\nContent-Length: 5\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n",
        "HTTP/1.1 200 OK\nContent-Length: 5\nContent-Length: 5\n\nhello",
        // More than was asked for, which the next request would take for its answer.
        "HTTP/1.1 200 OK\nContent-Length: 5\n\nhelloHTTP/1.1 200 OK\nContent-Length: 4\n\nevil",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\nHTTP/1.1 200 OK\n\n",
      })
  void aConnectionInDoubtCarriesNothingMore(String answer) throws Exception {
    ScriptedServer server = serve(says(answer));
    WebClient client = net(server).client().keeping(LONG);
    for (int i = 0; i < 3; i++) {
      try {
        assertThat(told(client.send(post("k")))).isEqualTo("200 hello");
      } catch (IOException e) {
        // An answer that says twice where it ends may be no answer at all.
      }
    }
    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void whatIsNotReadToItsEndIsClosed() throws Exception {
    ScriptedServer server = serve(says(HELLO));
    WebClient client = net(server).client().keeping(LONG);
    for (int i = 0; i < 2; i++) {
      if (client.send(post("k")) instanceof WebOutcome.Answered(WebResponse response)) {
        assertThat(response.body().read()).isEqualTo('h');
        response.close();
      }
    }
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void whatIsFinishedIsKeptAndClosingItAfterwardsHarmsNobody() throws Exception {
    ScriptedServer server = serve(says(HELLO));
    WebClient client = net(server).client().keeping(LONG);
    WebResponse first = answered(client.send(post("k")));
    assertThat(first.body().read()).isEqualTo('h');
    first.finish();
    WebResponse second = answered(client.send(post("k")));
    first.finish();
    first.close();
    assertThat(second.body().readNBytes(10)).hasSize(5);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void anEndThatDoesNotComeIsNotWaitedFor() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    ScriptedServer server =
        serve((_, out) -> {
          out.write(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"
                  .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
          out.flush();
          over.await(60, TimeUnit.SECONDS);
        });
    WebClient client = net(server).client().keeping(LONG);
    WebResponse first = answered(client.send(post("k")));
    assertThat(first.body().read()).isEqualTo('x');
    first.finish();
    answered(client.send(post("k"))).close();
    assertThat(server.connections()).isEqualTo(2);
    over.countDown();
  }

  @Test
  void aConnectionThatDiedMeanwhileIsReplacedOnce() throws Exception {
    AtomicInteger answers = new AtomicInteger();
    ScriptedServer server =
        serve((request, out) -> {
          // The second request of each connection is read, and nothing comes of it.
          if (answers.getAndIncrement() == 1) {
            throw new IOException("the server goes away");
          }
          says(HELLO).answer(request, out);
        });
    WebClient client = net(server).client().keeping(LONG);
    assertThat(told(client.send(post("k")))).isEqualTo("200 hello");
    assertThat(told(client.send(post("k")))).isEqualTo("200 hello");
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void afterTheFirstByteOfAnAnswerNothingIsSentAgain() {
    AtomicInteger answers = new AtomicInteger();
    ScriptedServer server =
        serve((request, out) -> {
          if (answers.getAndIncrement() == 1) {
            out.write('H');
            throw new IOException("the server goes away");
          }
          says(HELLO).answer(request, out);
        });
    WebClient client = net(server).client().keeping(LONG);
    assertThatThrownBy(
            () -> {
              told(client.send(post("k")));
              told(client.send(post("k")));
            })
        .isInstanceOf(IOException.class);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aNewConnectionThatEndsIsNotTriedAgain() {
    ScriptedServer server =
        serve((_, _) -> {
          throw new IOException("the server goes away");
        });
    WebClient client = net(server).client().keeping(LONG);
    assertThatThrownBy(() -> told(client.send(post("k")))).isInstanceOf(IOException.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aConnectionWhoseTimeIsUpIsClosed() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    ScriptedServer server =
        serve(
            (request, out) -> {
              says(HELLO).answer(request, out);
              out.flush();
            },
            gone);
    WebClient client = net(server).client().keeping(Duration.ofMillis(1));
    told(client.send(post("k")));
    assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
    told(client.send(post("k")));
    assertThat(server.connections()).isEqualTo(2);
  }

  private ScriptedServer serve(ScriptedServer.Script script) {
    ScriptedServer server = ScriptedServer.keeping(script);
    servers.add(server);
    return server;
  }

  private ScriptedServer serve(ScriptedServer.Script script, CountDownLatch gone) {
    ScriptedServer server = serve(script);
    server.onEnd(gone::countDown);
    return server;
  }

  private static TestNet net(ScriptedServer server) {
    return new TestNet()
        .name("localhost", "127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1")
        .server("127.0.0.1:80", server.port());
  }

  private static WebRequest post(String key) {
    return post(key, "http://localhost/", "localhost:80");
  }

  private static WebRequest post(String key, String url, String at) {
    return new WebRequest(
        "POST",
        url(url),
        List.of(WebHeader.secret("Authorization", "Bearer " + key)),
        Content.of("{}"),
        operator(at),
        limits());
  }

  private static WebResponse answered(WebOutcome outcome) {
    return ((WebOutcome.Answered) outcome).response();
  }
}
