// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.Framing;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcFormatException;
import dev.redoubt.mcp.rpc.RpcHandler.Answer;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcReader;
import dev.redoubt.mcp.rpc.TooLongException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Serves one client over two streams, one message a line, in whichever era it speaks.
public final class PipeServing implements Line {

  private static final int LARGEST = 16 << 20;
  private static final int MOST = 64;

  private final McpServer server;
  private final OutputStream out;
  private final Duration ending;
  private final Conversation conversation;
  private final RpcReader reader = new RpcReader(LARGEST);
  private final Map<RpcId, Worker> working = new ConcurrentHashMap<>();

  /// @param listens whether it has no end of its own
  private record Worker(Thread thread, boolean listens) {}

  /// @param out gets messages only
  /// @param ending how long requests may still be worked on after the client closed its side
  public PipeServing(McpServer server, OutputStream out, Duration ending) {
    this.server = requireNonNull(server, "server");
    this.out = requireNonNull(out, "out");
    this.ending = requireNonNull(ending, "ending");
    this.conversation = new Conversation(server, notice -> write(Asks.text(notice)));
  }

  /// Answers what comes from `in` until it ends, and returns when nobody works on a request any
  /// more, or does not stop within ten seconds of being interrupted. A message of more than 16 MB
  /// is refused.
  ///
  /// @throws IOException if it cannot be read
  public void run(InputStream in) throws IOException, InterruptedException {
    InputStream buffered = new BufferedInputStream(in, 64 << 10);
    try {
      while (next(buffered)) {
        // Each is taken as it comes.
      }
      waitForTheRest();
    } finally {
      conversation.close();
      Workers.end(working.values().stream().map(Worker::thread).toList(), Workers.PATIENCE);
    }
  }

  /* False at the end. */
  private boolean next(InputStream in) throws IOException {
    try {
      Optional<byte[]> message = Framing.LINES.read(in, LARGEST);
      message.ifPresent(this::take);
      return message.isPresent();
    } catch (TooLongException e) {
      refuse(Versions.INVALID_REQUEST, "it is longer than %d bytes".formatted(LARGEST));
      return Framing.LINES.readOver(in);
    }
  }

  private void waitForTheRest() throws InterruptedException {
    // There will be no more answers of the client, and changes are nothing to it any more.
    conversation.asks().lose();
    long end = System.nanoTime() + ending.toNanos();
    for (Worker worker : working.values()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      if (!worker.listens) {
        worker.thread.join(Duration.ofNanos(left));
      }
    }
  }

  private void take(byte[] message) {
    try {
      reader.read(message).messages().forEach(this::take);
    } catch (RpcFormatException e) {
      refuse(Versions.NOT_JSON, "it %s".formatted(e.getMessage()));
    }
  }

  private void refuse(long code, String words) {
    write(Asks.text(new RpcMessage.Failure(RpcId.NOTHING, new RpcError(code, words))));
  }

  private void take(RpcMessage message) {
    switch (message) {
      case RpcMessage.Request request -> start(request);
      case RpcMessage.Notice(String method, Optional<Node> params) -> {
        if (method.equals("notifications/cancelled")) {
          params
              .flatMap(given -> given.get("requestId"))
              .flatMap(RpcId::of)
              .map(working::get)
              .ifPresent(worker -> worker.thread.interrupt());
        } else {
          conversation.notice(method, params);
        }
      }
      case RpcMessage.Result(RpcId id, Node result) ->
          conversation.answered(id, new RpcAnswer.Replied(result));
      case RpcMessage.Failure(RpcId id, RpcError error) ->
          conversation.answered(id, new RpcAnswer.Failed(error));
    }
  }

  private void start(RpcMessage.Request request) {
    if (request.method().equals("initialize")) {
      // What comes after it may lie in the pipe already, and belongs to the session it begins.
      work(request);
      return;
    }
    if (working.size() >= MOST) {
      answer(request, McpServer.refused(RpcError.BUSY, "too much is asked at once"));
      return;
    }
    Thread thread = Thread.ofVirtual().name("mcp-serve").unstarted(() -> work(request));
    Worker worker = new Worker(thread, request.method().equals("subscriptions/listen"));
    if (working.putIfAbsent(request.id(), worker) != null) {
      answer(
          request,
          McpServer.refused(Versions.INVALID_REQUEST, "a request of that id is worked on"));
      return;
    }
    thread.start();
  }

  private void work(RpcMessage.Request request) {
    try {
      answer(request, answerTo(request));
    } catch (InterruptedException e) {
      // It was taken back, or the client is gone: there is nobody to be answered.
    } finally {
      working.computeIfPresent(
          request.id(),
          (_, worker) -> worker.thread.equals(Thread.currentThread()) ? null : worker);
    }
  }

  private Answer answerTo(RpcMessage.Request request) throws InterruptedException {
    if (!StatelessCall.is(request)) {
      return conversation.answer(request, this);
    }
    return StatelessCall.answer(server, request, this);
  }

  private void answer(RpcMessage.Request request, Answer answer) {
    write(
        Asks.text(
            switch (answer) {
              case Answer.Gives(Node result) -> new RpcMessage.Result(request.id(), result);
              case Answer.Refuses(RpcError error) -> new RpcMessage.Failure(request.id(), error);
            }));
  }

  /* A client that is gone closes its side too, and that ends the reading. */
  private synchronized void write(String message) {
    try {
      Framing.LINES.write(out, message.getBytes(UTF_8));
    } catch (IOException e) {
      conversation.asks().lose();
    }
  }

  @Override
  public void tell(String method, Node params) {
    write(Asks.text(new RpcMessage.Notice(method, Optional.of(params))));
  }

  @Override
  public RpcAnswer ask(String method, Node params) throws InterruptedException {
    return conversation.asks().ask(method, params, this::write);
  }
}
