// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RpcPeerTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(30);

  private final Wire wire = new Wire();
  private final Handler handler = new Handler();
  private final RpcPeer peer =
      RpcPeer.start(
          wire,
          handler,
          new PeerSettings(
              10_000,
              3,
              2,
              5,
              id ->
                  Optional.of(
                      new RpcMessage.Notice(
                          "stop",
                          Optional.of(new Node.Arr(List.of(new Node.Num(id.json(), 1)), 1))))));

  @Test
  void answersFindTheirRequestsInAnyOrder() throws InterruptedException {
    RpcCall first = peer.ask("one", Optional.empty());
    RpcCall second = peer.ask("two", Optional.empty());

    assertThat(wire.hears()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"one\"}");
    wire.says("{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-5,\"message\":\"no\"}}");
    wire.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"yes\"}");
    assertThat(second.await(LONG, LONG)).isEqualTo(new RpcAnswer.Failed(new RpcError(-5, "no")));
    assertThat(first.await(LONG, LONG)).isEqualTo(new RpcAnswer.Replied(new Node.Text("yes", 1)));
  }

  @Test
  void anAnswerToNobodyIsPassedOver() throws InterruptedException {
    RpcCall call = peer.ask("one", Optional.empty());

    wire.says("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":\"as text\"}");
    wire.says("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":\"of nobody\"}");
    wire.says("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":1,\"message\":\"?\"}}");
    wire.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"first\"}");
    wire.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"again\"}");
    assertThat(call.await(LONG, LONG)).isEqualTo(new RpcAnswer.Replied(new Node.Text("first", 1)));
    assertThat(peer.lost()).isEmpty();
  }

  @Test
  void whatIsNotAnsweredInTimeIsTakenBack() throws InterruptedException {
    RpcCall call = peer.ask("one", Optional.empty());

    assertThat(call.await(SHORT, LONG)).isInstanceOf(RpcAnswer.Late.class);
    wire.hears();
    assertThat(wire.hears()).isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"stop\",\"params\":[1]}");
    wire.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"late\"}");
    assertThat(peer.waiting(RpcId.of(1))).isEmpty();
  }

  @Test
  void whoeverIsInterruptedTakesTheRequestBack() throws InterruptedException {
    RpcCall call = peer.ask("one", Optional.empty());
    wire.hears();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> call.await(LONG, LONG)).isInstanceOf(InterruptedException.class);

    assertThat(wire.hears()).contains("\"stop\"");
  }

  @Test
  void progressIsNoAnswerForEver() throws InterruptedException {
    RpcCall call = peer.ask("one", Optional.empty());
    Thread busy =
        Thread.ofVirtual()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                call.stir();
                Thread.onSpinWait();
              }
            });

    assertThat(call.await(LONG, SHORT)).isInstanceOf(RpcAnswer.Late.class);

    busy.interrupt();
    busy.join();
  }

  @Test
  void theEndOfTheOtherSideIsTheEndOfEveryRequest() throws InterruptedException {
    RpcCall call = peer.ask("one", Optional.empty());

    wire.ends();

    assertThat(call.await(LONG, LONG)).isEqualTo(new RpcAnswer.Lost("has ended"));
    assertThat(peer.ask("two", Optional.empty()).await(LONG, LONG))
        .isEqualTo(new RpcAnswer.Lost("has ended"));
    assertThat(wire.isClosed()).isTrue();
  }

  @Test
  void aKeyGivenTwiceEndsTheConnection() throws InterruptedException {
    RpcCall call = peer.ask("one", Optional.empty());

    wire.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"result\":2}");

    assertThat(call.await(LONG, LONG))
        .asString()
        .contains("sent a message that is not understood", "given twice");
  }

  @Test
  void someNoiseIsPassedOverAndAFloodOfItIsNot() throws InterruptedException {
    RpcCall call = peer.ask("one", Optional.empty());
    for (int i = 0; i < 5; i++) {
      wire.says("listening on port " + i);
    }
    wire.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1}");
    assertThat(call.await(LONG, LONG)).isInstanceOf(RpcAnswer.Replied.class);

    RpcCall next = peer.ask("two", Optional.empty());
    wire.says("one too many");

    assertThat(next.await(LONG, LONG))
        .isEqualTo(new RpcAnswer.Lost("sent more than 5 lines that are no messages"));
  }

  @Test
  void requestsOfTheOtherSideAreAnsweredWithTheirOwnId() throws InterruptedException {
    wire.says(
        "[{\"jsonrpc\":\"2.0\",\"id\":\"a\\u0062\",\"method\":\"echo\",\"params\":{\"x\":1}}]");
    assertThat(wire.hears()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"ab\",\"result\":{\"x\":1}}");

    wire.says("{\"jsonrpc\":\"2.0\",\"id\":1.0,\"method\":\"fail\"}");
    assertThat(wire.hears())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":1.0,\"error\":{\"code\":-32603,\"message\":\"it failed"
                + " inside\"}}");
  }

  @Test
  void moreRequestsThanThereIsRoomForAreRefused() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      wire.says("{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"wait\"}".formatted(i));
    }
    assertThat(wire.hears())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32000,\"message\":\"too much is"
                + " asked at once\"}}");

    peer.stopAnswering(RpcId.of(0));
    handler.open.countDown();

    assertThat(wire.hears()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}");
  }

  @Test
  void noticesComeInTheirOrder() throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      wire.says("{\"jsonrpc\":\"2.0\",\"method\":\"n%d\"}".formatted(i));
    }
    wire.says("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"echo\",\"params\":{}}");
    wire.hears();

    assertThat(handler.noticed).hasSize(1_000).startsWith("n0", "n1").endsWith("n999");
  }

  @Test
  void moreRequestsThanMayWaitAreNotSent() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      peer.ask("m", Optional.empty());
    }

    assertThat(peer.ask("m", Optional.empty()).await(LONG, LONG))
        .isEqualTo(new RpcAnswer.Failed(new RpcError(RpcError.BUSY, "3 requests wait already")));
    assertThat(
            peer.ask(
                    "m",
                    Optional.of(new Node.Arr(List.of(new Node.Text("x".repeat(10_000), 1)), 1)))
                .await(LONG, LONG))
        .isInstanceOf(RpcAnswer.Failed.class);
  }

  @Test
  void whoeverReadsNothingIsLeft() throws InterruptedException {
    CountDownLatch forever = new CountDownLatch(1);
    RpcPeer stuck =
        RpcPeer.start(
            new Transport() {
              @Override
              public Optional<byte[]> receive() throws IOException {
                await();
                return Optional.empty();
              }

              @Override
              public void send(byte[] message) throws IOException {
                await();
              }

              private void await() throws IOException {
                try {
                  forever.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
              }

              @Override
              public void close() {
                forever.countDown();
              }
            },
            handler,
            PeerSettings.usual(_ -> Optional.empty()));

    for (int i = 0; i < 300; i++) {
      stuck.tell("n", Optional.empty());
    }

    assertThat(stuck.lost()).contains("does not read what it is sent");
  }

  private static final class Handler implements RpcHandler {

    private final List<String> noticed = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public Answer request(String method, Optional<Node> params) throws InterruptedException {
      return switch (method) {
        case "echo" -> new Answer.Gives(params.orElseThrow());
        case "wait" -> {
          open.await();
          yield new Answer.Gives(new Node.Nothing(1));
        }
        default -> throw new IllegalStateException("on purpose");
      };
    }

    @Override
    public void notice(String method, Optional<Node> params) {
      noticed.add(method);
    }
  }
}
