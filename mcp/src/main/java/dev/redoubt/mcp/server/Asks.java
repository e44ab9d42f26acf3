// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What was asked of a client and is not answered yet. Safe to share.
final class Asks {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MOST = 64;

  private final Map<RpcId, BlockingQueue<RpcAnswer>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong(1);
  private volatile boolean lost;

  /// Takes messages to the client.
  interface Sender {
    void send(String message) throws InterruptedException;
  }

  RpcAnswer ask(String method, Node params, Sender sender) throws InterruptedException {
    if (waiting.size() >= MOST) {
      return new RpcAnswer.Failed(
          new RpcError(RpcError.BUSY, "%d requests wait already".formatted(MOST)));
    }
    RpcId id = RpcId.of(next.getAndIncrement());
    BlockingQueue<RpcAnswer> box = new ArrayBlockingQueue<>(1);
    waiting.put(id, box);
    try {
      if (lost) {
        return new RpcAnswer.Lost("is gone");
      }
      sender.send(text(new RpcMessage.Request(id, method, Optional.of(params))));
      RpcAnswer answer = box.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return answer == null ? new RpcAnswer.Late(PATIENCE) : answer;
    } finally {
      waiting.remove(id);
    }
  }

  /// Takes an answer of the client; one that nobody waits for is passed over.
  void answered(RpcId id, RpcAnswer answer) {
    BlockingQueue<RpcAnswer> box = waiting.get(id);
    if (box != null) {
      box.offer(answer);
    }
  }

  /// Answers all who wait, and will ask, that nobody is there.
  void lose() {
    lost = true;
    waiting.values().forEach(box -> box.offer(new RpcAnswer.Lost("is gone")));
  }

  static String text(RpcMessage message) {
    return new String(RpcText.of(message), StandardCharsets.UTF_8);
  }
}
