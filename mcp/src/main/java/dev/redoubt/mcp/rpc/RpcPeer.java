// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One side of a connection: asks the other side, and answers it.
///
/// Whatever the other side does, memory is bounded, and nobody waits longer than they said: what
/// floods, is too long or can be read in two ways ends the connection; an answer that nobody waits
/// for is passed over. Safe to share.
public final class RpcPeer implements AutoCloseable {

  /* Whoever does not read for so long has stopped. */
  private static final int MOST_UNSENT = 256;
  private static final System.Logger LOG = System.getLogger(RpcPeer.class.getName());

  private final Transport transport;
  private final RpcHandler handler;
  private final PeerSettings settings;
  private final RpcReader reader;
  private final BlockingQueue<byte[]> unsent = new ArrayBlockingQueue<>(MOST_UNSENT);
  private final Map<RpcId, RpcCall> waiting = new ConcurrentHashMap<>();
  private final Map<RpcId, Thread> answering = new ConcurrentHashMap<>();
  private final Semaphore room;
  private final AtomicLong next = new AtomicLong(1);
  private final AtomicReference<@Nullable String> lost = new AtomicReference<>();
  private final Thread sender = Thread.ofVirtual().name("rpc-send").unstarted(this::send);
  private int noise;

  private RpcPeer(Transport transport, RpcHandler handler, PeerSettings settings) {
    this.transport = requireNonNull(transport, "transport");
    this.handler = requireNonNull(handler, "handler");
    this.settings = requireNonNull(settings, "settings");
    this.reader = new RpcReader(settings.largest());
    this.room = new Semaphore(settings.answering());
  }

  /// Returns one side of a connection over `transport`, which is closed with it.
  public static RpcPeer start(Transport transport, RpcHandler handler, PeerSettings settings) {
    RpcPeer peer = new RpcPeer(transport, handler, settings);
    peer.sender.start();
    Thread.ofVirtual().name("rpc-receive").start(peer::receive);
    return peer;
  }

  /// Asks the other side.
  public RpcCall ask(String method, Optional<Node> params) {
    return ask(method, _ -> params);
  }

  /// Asks the other side something in which the request itself is named.
  public RpcCall ask(String method, Function<RpcId, Optional<Node>> params) {
    RpcId id = RpcId.of(next.getAndIncrement());
    RpcCall call = new RpcCall(id, this::giveUp);
    if (waiting.size() >= settings.pending()) {
      call.answered(
          new RpcAnswer.Failed(
              new RpcError(
                  RpcError.BUSY, "%d requests wait already".formatted(settings.pending()))));
      return call;
    }
    waiting.put(id, call);
    byte[] message = RpcText.of(new RpcMessage.Request(id, method, params.apply(id)));
    if (message.length > settings.largest()) {
      waiting.remove(id);
      call.answered(
          new RpcAnswer.Failed(
              new RpcError(
                  RpcError.INTERNAL,
                  "the request is longer than %d bytes".formatted(settings.largest()))));
    } else {
      put(message);
    }
    String gone = lost.get();
    if (gone != null) {
      waiting.remove(id);
      call.answered(new RpcAnswer.Lost(gone));
    }
    return call;
  }

  /// Tells the other side something.
  public void tell(String method, Optional<Node> params) {
    put(RpcText.of(new RpcMessage.Notice(method, params)));
  }

  /// Takes note that the other side still works on whatever waits: it may wait for somebody here.
  public void stirAll() {
    waiting.values().forEach(RpcCall::stir);
  }

  /// Returns the request that waits under `id`.
  public Optional<RpcCall> waiting(RpcId id) {
    return Optional.ofNullable(waiting.get(id));
  }

  /// Stops working on the request `id` of the other side, which then gets no answer.
  public void stopAnswering(RpcId id) {
    Thread thread = answering.remove(id);
    if (thread != null) {
      thread.interrupt();
    }
  }

  /// Returns why the connection is gone; empty while it is there.
  public Optional<String> lost() {
    return Optional.ofNullable(lost.get());
  }

  @Override
  public void close() {
    lose("was ended");
  }

  private void giveUp(RpcCall call) {
    if (waiting.remove(call.id()) != null) {
      settings.takeBack().apply(call.id()).ifPresent(notice -> put(RpcText.of(notice)));
    }
  }

  private void put(byte[] message) {
    if (lost.get() == null && !unsent.offer(message)) {
      lose("does not read what it is sent");
    }
  }

  private void send() {
    try {
      while (lost.get() == null) {
        transport.send(unsent.take());
      }
    } catch (IOException e) {
      // Whoever does not listen any more has ended, or might as well have.
      lose("has ended");
    } catch (InterruptedException e) {
      // The connection is gone.
    }
  }

  private void receive() {
    try {
      while (lost.get() == null) {
        Optional<byte[]> message = transport.receive();
        if (message.isEmpty()) {
          lose("has ended");
          return;
        }
        take(message.get());
      }
    } catch (IOException e) {
      lose("cannot be read: %s".formatted(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.WARNING, "a message could not be dealt with", e);
      lose("sent something that could not be dealt with");
    }
  }

  private void take(byte[] bytes) {
    try {
      List<RpcMessage> messages = reader.read(bytes).messages();
      messages.forEach(this::take);
    } catch (RpcFormatException e) {
      switch (e.kind()) {
        case BROKEN -> lose("sent a message that is not understood: %s".formatted(e.getMessage()));
        case NOISE -> {
          noise++;
          if (noise > settings.noise()) {
            lose("sent more than %d lines that are no messages".formatted(settings.noise()));
          }
        }
      }
    }
  }

  private void take(RpcMessage message) {
    switch (message) {
      case RpcMessage.Result(RpcId id, Node result) -> answered(id, new RpcAnswer.Replied(result));
      case RpcMessage.Failure(RpcId id, RpcError error) ->
          answered(id, new RpcAnswer.Failed(error));
      case RpcMessage.Notice(String method, Optional<Node> params) ->
          handler.notice(method, params);
      case RpcMessage.Request request -> answer(request);
    }
  }

  /* Nobody may wait for it, or not any more: nothing is guessed then. */
  private void answered(RpcId id, RpcAnswer answer) {
    RpcCall call = waiting.remove(id);
    if (call != null) {
      call.answered(answer);
    }
  }

  private void answer(RpcMessage.Request request) {
    if (!room.tryAcquire()) {
      put(
          RpcText.of(
              new RpcMessage.Failure(
                  request.id(), new RpcError(RpcError.BUSY, "too much is asked at once"))));
      return;
    }
    Thread thread = Thread.ofVirtual().name("rpc-answer").unstarted(() -> work(request));
    answering.put(request.id(), thread);
    thread.start();
  }

  private void work(RpcMessage.Request request) {
    try {
      RpcHandler.Answer answer = handled(request);
      if (answering.remove(request.id(), Thread.currentThread())) {
        put(
            RpcText.of(
                switch (answer) {
                  case RpcHandler.Answer.Gives(Node result) ->
                      new RpcMessage.Result(request.id(), result);
                  case RpcHandler.Answer.Refuses(RpcError error) ->
                      new RpcMessage.Failure(request.id(), error);
                }));
      }
    } catch (InterruptedException e) {
      // It was taken back, or the connection is gone.
    } finally {
      answering.remove(request.id(), Thread.currentThread());
      room.release();
    }
  }

  private RpcHandler.Answer handled(RpcMessage.Request request) throws InterruptedException {
    try {
      return handler.request(request.method(), request.params());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a request for %s failed".formatted(request.method()), e);
      return new RpcHandler.Answer.Refuses(new RpcError(RpcError.INTERNAL, "it failed inside"));
    }
  }

  private void lose(String reason) {
    if (!lost.compareAndSet(null, reason)) {
      return;
    }
    sender.interrupt();
    answering.values().forEach(Thread::interrupt);
    transport.close();
    for (RpcId id : List.copyOf(waiting.keySet())) {
      RpcCall call = waiting.remove(id);
      if (call != null) {
        call.answered(new RpcAnswer.Lost(reason));
      }
    }
  }
}
