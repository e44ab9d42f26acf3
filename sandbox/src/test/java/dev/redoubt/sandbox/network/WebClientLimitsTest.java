// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static dev.redoubt.sandbox.network.TestNet.open;
import static dev.redoubt.sandbox.network.TestNet.told;
import static dev.redoubt.sandbox.network.TestNet.url;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.network.ScriptedServer.Script;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Servers that want to exhaust whoever asks them.
@Timeout(60)
class WebClientLimitsTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private ScriptedServer server = ScriptedServer.plain((_, _) -> {});
  private final TestNet net = new TestNet();

  @AfterEach
  void stopsTheServer() {
    server.close();
  }

  @Test
  void aBodyThatDripsForeverEndsWhenTheTimeIsUp() {
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\n\n");
      while (true) {
        say(out, "x");
        NEVER.await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
    });

    assertFails(1 << 20, SHORT, LONG, "took longer than");
  }

  @Test
  void aHeaderThatDripsForeverEndsWhenTheTimeIsUp() {
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nX: ");
      while (true) {
        say(out, "x");
        NEVER.await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
    });

    assertFails(1 << 20, SHORT, LONG, "took longer than");
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() {
    serve((_, _) -> NEVER.await());

    assertFails(1 << 20, LONG, SHORT, "did not answer in time");
  }

  @Test
  void aBodyThatStopsHalfwayIsGivenUp() {
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf");
      NEVER.await();
    });

    assertFails(1 << 20, LONG, SHORT, "nothing came for too long");
  }

  @Test
  void whoMayThinkLongMayStillNotPause() throws Exception {
    serve((_, out) -> {
      NEVER.await(2 * SHORT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
      say(out, "HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf");
      NEVER.await();
    });
    WebLimits limits = new WebLimits(16_384, 1 << 20, LONG, LONG, SHORT);

    try (WebResponse response =
        answered(WebRequest.get(url("http://docs.example/"), open(), limits))) {
      assertThat(new String(response.body().readNBytes(4), UTF_8)).isEqualTo("half");
      assertThatThrownBy(() -> response.body().read()).hasMessage("nothing came for too long");
    }
  }

  @Test
  void aBodyThatIsCutOffIsAnError() {
    serve((_, out) -> say(out, "HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf"));

    assertFails(1 << 20, LONG, LONG, "Premature end");
  }

  @Test
  void anEndlessBodyIsCutAtTheLimit() {
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\n\n");
      endless(out, "x".repeat(8192));
    });

    assertFails(1 << 20, LONG, LONG, "larger than 1048576 bytes");
  }

  @Test
  void endlessChunksAreCutAtTheLimit() {
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
      endless(out, "1000\r\n" + "x".repeat(4096) + "\r\n");
    });

    assertFails(1 << 20, LONG, LONG, "larger than 1048576 bytes");
  }

  @Test
  void anEndlessChunkSizeIsRefused() {
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1;");
      endless(out, "x".repeat(8192));
    });

    assertFails(1 << 20, LONG, LONG, "length limit");
  }

  @Test
  void aBodyThatUnpacksBeyondTheLimitIsCut() throws IOException {
    byte[] packed = packed(64 << 20);
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n");
      out.write(packed);
    });

    assertThat(packed).hasSizeLessThan(1 << 20);
    assertFails(1 << 20, LONG, LONG, "larger than 1048576 bytes");
  }

  @Test
  void whatFollowsAPackedBodyIsAnError() throws IOException {
    byte[] empty = packed(0);
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n");
      while (true) {
        out.write(empty);
      }
    });

    assertFails(1 << 20, LONG, LONG, "something behind the gzip body");
  }

  @Test
  void aDamagedPackedBodyIsAnError() throws IOException {
    byte[] packed = packed(1000);
    packed[packed.length - 8] ^= 1;
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n");
      out.write(packed);
    });
    assertFails(1 << 20, LONG, LONG, "the sum of the gzip body is wrong");
    serve((_, out) -> say(out, "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\nhello"));
    assertFails(1 << 20, LONG, LONG, "is not the gzip it says it is");
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n");
      out.write(packed, 0, packed.length - 3);
    });
    assertFails(1 << 20, LONG, LONG, "ends too early");
  }

  @Test
  void anEndlessHeaderLineIsRefused() {
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nX: ");
      endless(out, "x".repeat(8192));
    });

    assertFails(1 << 20, LONG, LONG, "length limit");
  }

  @Test
  void endlessHeadersAreRefused() {
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\n");
      endless(out, "X: y\r\n".repeat(1000));
    });

    assertFails(1 << 20, LONG, LONG, "header count");
  }

  @Test
  void aHeaderThatIsLargeAltogetherIsRefused() {
    serve((_, out) ->
        say(out, "HTTP/1.1 200 OK\n" + ("X: " + "y".repeat(1000) + "\n").repeat(50) + "\n"));

    assertFails(1 << 20, LONG, LONG, "header of the answer is larger than 16384 bytes");
  }

  @Test
  void endlessInterimAnswersAreRefused() {
    serve((_, out) -> {
      while (true) {
        say(out, "HTTP/1.1 103 Early Hints\n\n");
      }
    });

    assertFails(1 << 20, LONG, LONG, "interim answers");
  }

  @Test
  void anAnswerInAnotherProtocolIsAnError() {
    serve((_, out) -> endless(out, "220 mail.example ready\r\n"));
    assertFails(1 << 20, LONG, LONG, "");
    serve((_, out) -> say(out, "HTTP/1.1 101 Switching Protocols\n\n"));
    assertFails(1 << 20, LONG, LONG, "changed the protocol");
    serve((_, out) -> say(out, "HTTP/1.1 200 OK\nContent-Encoding: br\n\nx"));
    assertFails(1 << 20, LONG, LONG, "encoded in a way nobody asked for");
  }

  @Test
  void aPackedBodyIsUnpackedUnlessTheCallerAskedForItsEncoding() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("hello".getBytes(UTF_8));
    }
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n");
      out.write(bytes.toByteArray());
    });

    assertThat(told(net.client().send(request(1 << 20, LONG, LONG)))).isEqualTo("200 hello");
    WebRequest raw =
        TestNet.get("http://docs.example/", open(), WebHeader.plain("Accept-Encoding", "identity"));
    assertThat(told(net.client().send(raw))).isNotEqualTo("200 hello");
  }

  @Test
  void eventsArriveAsTheyAreSent() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nb\ndata: 1\n\n\n");
      read.await();
      say(out, "b\ndata: 2\n\n\n0\n\n");
    });

    try (WebResponse response = answered(request(1 << 20, LONG, LONG));
        BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("data: 1");
      read.countDown();
      assertThat(lines.readAllLines()).containsExactly("", "data: 2", "");
    }
  }

  @Test
  void closingEndsTheWaiting() throws Exception {
    serve((_, out) -> {
      say(out, "HTTP/1.1 200 OK\n\nx");
      NEVER.await();
    });
    WebResponse response = answered(request(1 << 20, LONG, LONG));
    assertThat(response.body().read()).isEqualTo('x');
    FutureTask<String> reading = new FutureTask<>(() -> failure(() -> response.body().read()));
    Thread.ofPlatform().start(reading);

    response.close();

    assertThat(reading.get()).isNotEmpty();
  }

  @Test
  void anInterruptEndsTheWaiting() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    serve((_, _) -> {
      asked.countDown();
      NEVER.await();
    });
    FutureTask<String> sending =
        new FutureTask<>(() -> failure(() -> net.client().send(request(1 << 20, LONG, LONG))));
    Thread thread = Thread.ofPlatform().start(sending);
    asked.await();

    thread.interrupt();

    assertThat(sending.get()).contains("ClosedByInterruptException");
  }

  private void serve(Script script) {
    server.close();
    server = ScriptedServer.plain(script);
    net.name("docs.example", "1.2.3.4", "1.2.3.4").server("1.2.3.4:80", server.port());
  }

  private WebResponse answered(WebRequest request) throws IOException {
    return ((WebOutcome.Answered) net.client().send(request)).response();
  }

  private void assertFails(long body, Duration total, Duration idle, String message) {
    assertThatThrownBy(() -> told(net.client().send(request(body, total, idle))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static WebRequest request(long body, Duration total, Duration idle) {
    return new WebRequest(
        "GET",
        url("http://docs.example/"),
        List.of(),
        WebRequest.NOTHING,
        open(),
        new WebLimits(16_384, body, total, idle));
  }

  private static String failure(java.util.concurrent.Callable<?> action) throws Exception {
    try {
      return "no failure but " + action.call();
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void endless(OutputStream out, String text) throws IOException {
    while (true) {
      out.write(text.getBytes(UTF_8));
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.replace("\n", "\r\n").getBytes(UTF_8));
    out.flush();
  }

  private static byte[] packed(int zeros) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(new byte[zeros]);
    }
    return bytes.toByteArray();
  }
}
