// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import dev.redoubt.document.Node;
import dev.redoubt.http.EventSink;
import dev.redoubt.http.HttpReply;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcHandler.Answer;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request over HTTP: worked on by a thread of its own, and answered as JSON when its answer is
/// all there is to say soon, else as a stream of events.
final class WebCall implements Line {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int OK = 200;
  private static final int ENDING = 503;

  private final Workers workers;
  private final Duration absence;
  private final WebStream stream;
  private final Optional<WebSession> session;
  private volatile int status = OK;

  /// Answers the request.
  interface Work {
    Answer answer(Line line) throws InterruptedException;
  }

  /// @param absence how long a client of a session may stay away
  WebCall(Workers workers, Duration absence, WebStream stream, Optional<WebSession> session) {
    this.workers = workers;
    this.absence = absence;
    this.stream = stream;
    this.session = session;
  }

  /// Refuses it when too much is asked at once.
  ///
  /// @param events whether the client can read events
  HttpReply reply(RpcId id, boolean events, Work work) {
    Optional<Thread> started = started(id, work);
    if (started.isEmpty()) {
      stream.finish(Optional.empty());
      RpcError busy = new RpcError(RpcError.BUSY, "too much is asked at once");
      return HttpReply.json(OK, Asks.text(new RpcMessage.Failure(id, busy)));
    }
    Thread worker = started.get();
    try {
      Optional<String> whole = events ? stream.only(SOON) : stream.whole();
      if (whole.isPresent()) {
        return HttpReply.json(status, whole.get());
      }
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
      return HttpReply.problem(ENDING, "Service Unavailable", "the server ends");
    }
    if (!events) {
      return HttpReply.empty(202);
    }
    stream.watch(absence, worker::interrupt);
    return HttpReply.events(sink -> pour(sink, worker));
  }

  private Optional<Thread> started(RpcId id, Work work) {
    if (session.isPresent() && !session.get().enter()) {
      return Optional.empty();
    }
    Optional<Thread> started =
        workers.start(() -> {
          try {
            work(id, work);
          } finally {
            session.ifPresent(WebSession::leave);
          }
        });
    if (started.isEmpty()) {
      session.ifPresent(WebSession::leave);
    }
    return started;
  }

  private void pour(EventSink sink, Thread worker) throws IOException, InterruptedException {
    boolean numbered = session.isPresent();
    boolean whole = false;
    try {
      boolean announced = session.filter(WebSession::isResumable).isPresent();
      stream.pour(sink, announced ? WebStream.BEGINNING : 0, numbered);
      whole = true;
    } finally {
      /* In a session a client that was cut off may come back for the rest. */
      if (!whole && !numbered) {
        worker.interrupt();
      }
    }
  }

  private void work(RpcId id, Work work) {
    @Nullable String last = null;
    try {
      last = Asks.text(message(id, work.answer(this)));
    } catch (InterruptedException e) {
      // It was taken back, or the client is gone: there is nobody to be answered.
    } finally {
      stream.finish(Optional.ofNullable(last));
    }
  }

  private RpcMessage message(RpcId id, Answer answer) {
    return switch (answer) {
      case Answer.Gives(Node result) -> new RpcMessage.Result(id, result);
      case Answer.Refuses(RpcError error) -> {
        status = session.isPresent() ? OK : WebRules.status(error.code());
        yield new RpcMessage.Failure(id, error);
      }
    };
  }

  @Override
  public void tell(String method, Node params) throws InterruptedException {
    stream.append(Asks.text(new RpcMessage.Notice(method, Optional.of(params))));
  }

  @Override
  public RpcAnswer ask(String method, Node params) throws InterruptedException {
    return session.isPresent()
        ? session.get().conversation().asks().ask(method, params, stream::append)
        : new RpcAnswer.Lost("has no session");
  }
}
