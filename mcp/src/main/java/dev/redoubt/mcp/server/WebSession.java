// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import dev.redoubt.mcp.rpc.RpcMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// A session over HTTP: its conversation, and the streams a client may ask for again.
final class WebSession implements AutoCloseable {

  private static final int KEPT_STREAMS = 64;

  private final String id;
  private final Optional<String> owner;
  private final Conversation conversation;
  private final WebStream aside = new WebStream("0");
  private final Map<String, WebStream> streams = new LinkedHashMap<>();
  private long number;
  private final Semaphore room;
  private final int most;
  private volatile long used = System.nanoTime();
  private volatile boolean established;

  /// @param most how many of its requests are worked on at once
  /// @param owner whose token began it; nobody else may go on with it
  WebSession(String id, Optional<String> owner, McpServer server, int most) {
    this.most = most;
    this.room = new Semaphore(most);
    this.id = id;
    this.owner = owner;
    this.conversation = new Conversation(server, this::aside);
    streams.put("0", aside);
  }

  private void aside(RpcMessage.Notice notice) {
    aside.offer(Asks.text(notice));
  }

  String id() {
    return id;
  }

  boolean belongsTo(Optional<String> caller) {
    return owner.equals(caller);
  }

  Conversation conversation() {
    return conversation;
  }

  void use() {
    used = System.nanoTime();
    established = true;
  }

  /// Returns whether one request more may be worked on; [#leave] then says that it was.
  boolean enter() {
    return room.tryAcquire();
  }

  void leave() {
    used = System.nanoTime();
    room.release();
  }

  /// Returns whether its client came back after it began.
  boolean isEstablished() {
    return established;
  }

  /// Returns whether one of its requests is worked on, or one of its streams is read.
  synchronized boolean isBusy() {
    return room.availablePermits() < most || streams.values().stream().anyMatch(WebStream::isRead);
  }

  long idleNanos() {
    return System.nanoTime() - used;
  }

  /// Returns the stream of what belongs to no request.
  WebStream aside() {
    return aside;
  }

  /// Returns whether clients of its version are told from where they can go on.
  boolean isResumable() {
    return conversation.protocol().filter(Versions.SESSION::equals).isPresent();
  }

  synchronized WebStream stream() {
    number++;
    String name = Long.toString(number);
    WebStream stream = new WebStream(name);
    streams.put(name, stream);
    while (streams.size() > KEPT_STREAMS
        && streams.values().stream().anyMatch(WebStream::isFinished)) {
      streams.entrySet().stream()
          .filter(each -> each.getValue().isFinished())
          .findFirst()
          .map(Map.Entry::getKey)
          .ifPresent(streams::remove);
    }
    return stream;
  }

  synchronized Optional<WebStream> stream(String name) {
    return Optional.ofNullable(streams.get(name));
  }

  @Override
  public void close() {
    conversation.close();
    conversation.stop();
    synchronized (this) {
      streams.values().forEach(stream -> stream.finish(Optional.empty()));
    }
  }
}
