// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import dev.redoubt.relay.engine.Enforcement;
import dev.redoubt.relay.engine.Judging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StdioRelayTest {

  private static final int LARGEST = 1_000;

  private final CountDownLatch serversInputEnded = new CountDownLatch(1);
  private final CountDownLatch slow = new CountDownLatch(1);
  private final CountDownLatch refused = new CountDownLatch(1);
  private final PipedOutputStream toAgent = new PipedOutputStream();
  private final PipedOutputStream agent = new PipedOutputStream();
  private final PipedOutputStream server = new PipedOutputStream();
  private final BufferedReader atAgent;
  private final BufferedReader atServer;
  private final StdioRelay relay;

  StdioRelayTest() throws IOException {
    PipedOutputStream toServer =
        new PipedOutputStream() {
          @Override
          public void close() throws IOException {
            super.close();
            serversInputEnded.countDown();
          }
        };
    atAgent =
        new BufferedReader(new InputStreamReader(new PipedInputStream(toAgent, 1 << 20), UTF_8));
    atServer =
        new BufferedReader(new InputStreamReader(new PipedInputStream(toServer, 1 << 20), UTF_8));
    relay =
        new StdioRelay(
            new Ends(new PipedInputStream(agent, 1 << 20), toAgent),
            new Ends(new PipedInputStream(server, 1 << 20), toServer),
            new Judging(
                List.of(new WaitsForSlow(slow, refused)),
                new Enforcement(Enforcement.Mode.ENFORCE, Map.of()),
                _ -> {}),
            LARGEST);
    relay.start();
  }

  /// Judges requests for "slow" only when it is told to, and for "compared" only when the server
  /// has answered a question.
  private record WaitsForSlow(CountDownLatch told, CountDownLatch refused) implements Filter {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public Ruling judge(Passing passing, Upstream upstream) throws InterruptedException {
      if (passing.asks("slow")) {
        told.await();
      }
      if (passing.asks("compared")) {
        RpcAnswer answer = upstream.ask("question", new Node.Obj(Map.of(), 1));
        return new Ruling.Blocks("slow.compared", answer.getClass().getSimpleName());
      }
      if (passing.asks("refused")) {
        refused.countDown();
        return new Ruling.Blocks("slow.refused", "it is");
      }
      return Ruling.PASSES;
    }
  }

  private static void write(OutputStream to, String line) throws IOException {
    to.write((line + "\n").getBytes(UTF_8));
    to.flush();
  }

  private static String request(int id, String method) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\"}".formatted(id, method);
  }

  @Test
  void messagesGoOnInTheOrderInWhichTheyCameHoweverLongTheyAreJudged() throws Exception {
    write(agent, request(0, "slow"));
    List<String> sent = new ArrayList<>(List.of(request(0, "slow")));
    for (int id = 1; id < 200; id++) {
      sent.add(request(id, "x"));
      write(agent, sent.getLast());
    }
    slow.countDown();

    List<String> came = new ArrayList<>();
    for (int id = 0; id < 200; id++) {
      came.add(atServer.readLine());
    }
    assertThat(came).isEqualTo(sent);
  }

  @Test
  void theEndOfTheAgentsInputIsTheEndOfTheServersInput() throws Exception {
    write(agent, request(1, "x"));
    agent.close();

    assertThat(relay.await()).isEqualTo(StdioRelay.EndedBy.CLIENT);
    assertThat(atServer.readLine()).isEqualTo(request(1, "x"));
    assertThat(serversInputEnded.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatTheServerSaidBeforeItEndedStillComesAndWhoeverWaitsIsTold() throws Exception {
    write(agent, request(1, "x"));
    write(agent, request(2, "x"));
    atServer.readLine();
    atServer.readLine();
    write(server, "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
    server.close();

    assertThat(relay.await()).isEqualTo(StdioRelay.EndedBy.SERVER);
    relay.lost("has ended");
    assertThat(atAgent.readLine()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
    assertThat(atAgent.readLine()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":");
  }

  @Test
  void aCallThatWaitsForAQuestionOfTheRelayIsAnsweredOnceWhenTheAgentEnds() throws Exception {
    write(agent, request(1, "compared"));
    write(agent, request(2, "x"));
    assertThat(atServer.readLine()).contains("\"method\":\"question\"");
    agent.close();

    assertThat(relay.await()).isEqualTo(StdioRelay.EndedBy.CLIENT);
    relay.lost("was ended");
    toAgent.close();
    assertThat(atAgent.lines().map(line -> line.substring(0, 24)))
        .containsExactlyInAnyOrder(
            "{\"jsonrpc\":\"2.0\",\"id\":1,", "{\"jsonrpc\":\"2.0\",\"id\":2,");
  }

  @Test
  void whatWasRefusedBehindACallThatWaitsIsStillAnsweredWhenTheServerIsGone() throws Exception {
    write(agent, request(1, "compared"));
    write(agent, request(2, "refused"));
    assertThat(atServer.readLine()).contains("\"method\":\"question\"");
    server.close();

    assertThat(relay.await()).isEqualTo(StdioRelay.EndedBy.SERVER);
    refused.await();
    relay.lost("has ended");
    write(agent, request(3, "x"));
    List<String> came = List.of(atAgent.readLine(), atAgent.readLine(), atAgent.readLine());
    assertThat(
            came.stream()
                .map(line -> line.replaceAll(".*\"id\":(\\d).*\"rule\":\"([a-z.-]+).*", "$1 $2")))
        .containsExactlyInAnyOrder("1 relay.server-lost", "2 slow.refused", "3 relay.server-lost");
  }

  @Test
  void aServerThatDoesNotReadDoesNotHoldUpTheEnd() throws Exception {
    for (int id = 0; id < 1_500; id++) {
      write(agent, request(id, "x".repeat(900)));
    }
    agent.close();

    assertThat(relay.await()).isEqualTo(StdioRelay.EndedBy.CLIENT);
  }

  @Test
  void aMessageThatIsTooLongIsRefusedAndTheNextOnePasses() throws Exception {
    write(
        agent,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":[\"%s\"]}"
            .formatted("x".repeat(LARGEST)));
    write(agent, request(2, "x"));

    assertThat(atAgent.readLine())
        .contains("\"rule\":\"relay.malformed\"")
        .contains("is longer than 1000 bytes");
    assertThat(atServer.readLine()).isEqualTo(request(2, "x"));
  }
}
