// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.util.Objects.requireNonNull;

import dev.redoubt.mcp.rpc.RpcMessage;
import org.jspecify.annotations.Nullable;

/// A request that was sent and has no answer yet. Safe to share.
final class Flight {

  private final RpcMessage.Request request;
  private WebExchange.@Nullable Reply reply;
  private @Nullable Thread thread;
  private boolean ended;

  Flight(RpcMessage.Request request) {
    this.request = requireNonNull(request, "request");
  }

  RpcMessage.Request request() {
    return request;
  }

  synchronized void carriedBy(Thread carrier) {
    thread = carrier;
  }

  /// Returns `opened`, which ends with the request.
  synchronized WebExchange.Reply holding(WebExchange.Reply opened) {
    reply = opened;
    if (ended) {
      opened.close();
    }
    return opened;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /// Lets go of it: no answer is wanted any more, or it came.
  synchronized void end() {
    ended = true;
    if (reply != null) {
      reply.close();
    }
    if (thread != null && !thread.equals(Thread.currentThread())) {
      thread.interrupt();
    }
  }
}
