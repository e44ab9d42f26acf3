// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.mcp.server.McpServer.ServerName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PipeServingTest {

  private static final String HELLO =
      "{'jsonrpc':'2.0','id':0,'method':'initialize','params':{'protocolVersion':'2025-06-18',"
          + "'capabilities':{'elicitation':{}}}}";
  private static final String META =
      "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
          + "'io.modelcontextprotocol/clientCapabilities':{}}";

  private final Catalogue catalogue = new Catalogue();
  private final McpServer server = new McpServer(new ServerName("one", "1", "read me"), catalogue);

  private static String call(String id, String tool) {
    return "{'jsonrpc':'2.0','id':"
        + id
        + ",'method':'tools/call','params':{'name':'"
        + tool
        + "'}}";
  }

  private void tool(String name, ServerCode code) {
    catalogue.add(
        Catalogue.Kind.TOOL, Item.tool(name, new Tree().and("description", "One.").object(), code));
  }

  private List<String> answers(String... lines) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PipeServing(server, out, Duration.ofSeconds(60))
        .run(
            new ByteArrayInputStream(
                (String.join("\n", lines) + "\n").replace('\'', '"').getBytes(UTF_8)));
    return out.toString(UTF_8).lines().map(line -> line.replace('"', '\'')).sorted().toList();
  }

  @Test
  void whatWasAskedBeforeTheEndIsAnswered() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    tool(
        "slow",
        _ -> {
          ended.await(50, TimeUnit.MILLISECONDS);
          return ServerAnswer.text("at last");
        });

    assertThat(answers(HELLO, call("7", "slow")))
        .containsExactly(
            "{'jsonrpc':'2.0','id':0,'result':{'protocolVersion':'2025-06-18','capabilities':"
                + "{'tools':{'listChanged':true},'logging':{}},'serverInfo':"
                + "{'name':'one','version':'1'},'instructions':'read me'}}",
            "{'jsonrpc':'2.0','id':7,'result':{'content':[{'type':'text','text':'at last'}]}}");
  }

  @Test
  void requestsThatStandForThemselvesNeedNoSession() throws Exception {
    tool("quick", _ -> ServerAnswer.text("here"));

    assertThat(
            answers(
                "{'jsonrpc':'2.0','id':'a','method':'tools/call','params':{'name':'quick',"
                    + META
                    + "}}",
                call("1", "quick"),
                "{'jsonrpc':'2.0','id':2,'method':'server/discover'}",
                "{'jsonrpc':'2.0','id':3,'method':'initialize','params':{" + META + "}}"))
        .containsExactly(
            "{'jsonrpc':'2.0','id':'a','result':{'resultType':'complete','content':[{'type':'text',"
                + "'text':'here'}],'_meta':{'io.modelcontextprotocol/serverInfo':{'name':'one',"
                + "'version':'1'}}}}",
            "{'jsonrpc':'2.0','id':1,'error':{'code':-32600,'message':'begin with initialize'}}",
            "{'jsonrpc':'2.0','id':2,'error':{'code':-32602,'message':"
                + "'_meta lacks \\'io.modelcontextprotocol/protocolVersion\\''}}",
            "{'jsonrpc':'2.0','id':3,'error':{'code':-32601,'message':'there is no such method'}}");
  }

  @Test
  void aLineThatIsNoMessageIsAnsweredAndTheNextOneRead() throws Exception {
    assertThat(
            answers(
                "{'jsonrpc':'2.0','id':1,'id':2,'method':'ping'}",
                "{'jsonrpc':'2.0','id':3,'method':'ping'}"))
        .hasSize(2)
        .first()
        .asString()
        .contains("'id':3,'result':{}");
  }

  @Test
  void aToolThatFailsSaysNothingOfWhatFailed() throws Exception {
    tool(
        "failing",
        _ -> {
          throw new IllegalStateException("secret");
        });

    assertThat(answers(HELLO, call("1", "failing")).getLast())
        .isEqualTo("{'jsonrpc':'2.0','id':1,'error':{'code':-32603,'message':'it failed inside'}}");
  }

  @Test
  void aListIsToldInPages() throws Exception {
    for (int i = 0; i < 150; i++) {
      tool("t" + i, _ -> ServerAnswer.text(""));
    }

    assertThat(answers(HELLO, "{'jsonrpc':'2.0','id':1,'method':'tools/list'}").getLast())
        .contains("'name':'t99'", "'nextCursor':'t99'")
        .doesNotContain("'name':'t100'");
    assertThat(
            answers(
                    HELLO,
                    "{'jsonrpc':'2.0','id':1,'method':'tools/list','params':{'cursor':'t99'}}")
                .getLast())
        .contains("'name':'t100'", "'name':'t149'")
        .doesNotContain("nextCursor", "'name':'t99'");
    assertThat(
            answers(
                    HELLO,
                    "{'jsonrpc':'2.0','id':1,'method':'tools/list','params':{'cursor':'no'}}")
                .getLast())
        .contains("'code':-32602");
  }

  @Test
  void aCallThatIsTakenBackIsInterruptedAndNotAnswered() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    tool(
        "endless",
        _ -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            stopped.countDown();
          }
          return ServerAnswer.text("never");
        });
    try (Talk talk = new Talk(server)) {
      talk.say(HELLO);
      talk.line();
      talk.say(call("9", "endless"));
      assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();

      talk.say("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':9}}");
      assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
      talk.say("{'jsonrpc':'2.0','id':10,'method':'ping'}");

      assertThat(talk.line()).contains("'id':10");
    }
  }

  @Test
  void itEndsWhenNobodyWorksAnyMore() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicBoolean cleaned = new AtomicBoolean();
    tool(
        "endless",
        _ -> {
          try {
            gate.await();
          } finally {
            // What is cleaned up after an interrupt takes its time.
            boolean _ = new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
            cleaned.set(true);
          }
          return ServerAnswer.text("never");
        });

    new PipeServing(server, new ByteArrayOutputStream(), Duration.ofMillis(1))
        .run(
            new ByteArrayInputStream(
                (HELLO + "\n" + call("1", "endless") + "\n").replace('\'', '"').getBytes(UTF_8)));

    assertThat(cleaned).isTrue();
  }

  @Test
  @Timeout(60)
  void whoeverListensOrWaitsForTheClientDoesNotHoldTheEnd() throws Exception {
    tool(
        "asking",
        _ ->
            new ServerAnswer.Wants(java.util.Map.of("who", Wish.elicit("Who?", Tree.empty())), ""));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new PipeServing(server, out, Duration.ofHours(1))
        .run(
            new ByteArrayInputStream(
                (HELLO
                        + "\n"
                        + call("1", "asking")
                        + "\n{'jsonrpc':'2.0','id':2,'method':'subscriptions/listen','params':{"
                        + META
                        + "}}\n")
                    .replace('\'', '"')
                    .getBytes(UTF_8)));

    assertThat(out.toString(UTF_8))
        .contains("the client did not answer")
        .doesNotContain("\"id\":2");
  }

  @Test
  void aLineThatIsTooLongIsRefusedAndTheNextOneRead() throws Exception {
    assertThat(
            answers(
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':'" + "x".repeat(17 << 20) + "'}",
                "{'jsonrpc':'2.0','id':3,'method':'ping'}"))
        .containsExactly(
            "{'jsonrpc':'2.0','id':3,'result':{}}",
            "{'jsonrpc':'2.0','id':null,'error':{'code':-32600,'message':"
                + "'it is longer than 16777216 bytes'}}");
  }

  @Test
  void whatIsWantedOfTheClientIsAskedWithinTheCall() throws Exception {
    tool(
        "asking",
        call ->
            call.elicited("who")
                .map(given -> ServerAnswer.text(given.text("action").orElse("")))
                .orElseGet(() ->
                    new ServerAnswer.Wants(
                        java.util.Map.of("who", Wish.elicit("Who?", Tree.empty())), "")));
    try (Talk talk = new Talk(server)) {
      talk.say(HELLO);
      talk.line();
      talk.say(call("1", "asking"));
      assertThat(talk.line()).contains("'method':'elicitation/create'", "'message':'Who?'");
      talk.say("{'jsonrpc':'2.0','id':1,'result':{'action':'decline'}}");

      assertThat(talk.line()).contains("'id':1", "decline");
    }
  }

  /// A client that reads and writes lines.
  private static final class Talk implements AutoCloseable {
    private final PipedOutputStream to = new PipedOutputStream();
    private final Lines from = new Lines();

    Talk(McpServer server) throws IOException {
      PipedInputStream in = new PipedInputStream(to);
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try {
              new PipeServing(server, from, Duration.ofSeconds(60)).run(in);
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }

    void say(String message) throws IOException {
      to.write((message.replace('\'', '"') + "\n").getBytes(UTF_8));
      to.flush();
    }

    String line() throws InterruptedException {
      return String.valueOf(from.lines.poll(60, TimeUnit.SECONDS)).replace('"', '\'');
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }

  /// Lines that were written, for whoever waits for them.
  private static final class Lines extends OutputStream {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      if (b == '\n') {
        lines.add(line.toString(UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }
  }
}
