// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.util.Objects.requireNonNull;

import dev.redoubt.mcp.server.WebStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A session of one client with one server: its own way there, and the streams it may ask for
/// again. Safe to share.
final class GatewaySession implements Channel.Hearer, AutoCloseable {

  private static final int KEPT_STREAMS = 64;
  private static final String RESUMABLE = "2025-11-25";

  private final String id;
  private final Whose whose;
  private final Runnable ended;
  private final Routes routes;
  private final Channel channel;
  private final WebStream aside = new WebStream("0");
  private final Map<String, WebStream> streams = new LinkedHashMap<>();
  private long number;
  private volatile long used = System.nanoTime();
  private volatile boolean established;
  private volatile String protocol = "";

  /// Whose session it is: nobody else may go on with it, nor with another server.
  ///
  /// @param client the name of the token; empty when none is asked for
  /// @param path where the server is found
  record Whose(Optional<String> client, String path) {
    Whose {
      requireNonNull(client, "client");
      requireNonNull(path, "path");
    }
  }

  /// @param ended is run when the server is gone
  GatewaySession(String id, Whose whose, Upstream.Opened opened, Places places, Runnable ended) {
    this.id = requireNonNull(id, "id");
    this.whose = requireNonNull(whose, "whose");
    this.ended = requireNonNull(ended, "ended");
    this.routes = new Routes(places.largest(), places.limits().slow(), Optional.of(aside));
    this.channel = new Channel(opened, this, places.largest());
    streams.put("0", aside);
    channel.start();
  }

  /// What all sessions have in common.
  record Places(GatewayLimits limits, int largest) {
    Places {
      requireNonNull(limits, "limits");
    }
  }

  String id() {
    return id;
  }

  Whose whose() {
    return whose;
  }

  Channel channel() {
    return channel;
  }

  Routes routes() {
    return routes;
  }

  WebStream aside() {
    return aside;
  }

  /// Returns the version its greeting agreed on; empty until it has.
  String protocol() {
    return protocol;
  }

  void greeted(String version) {
    protocol = requireNonNull(version, "version");
  }

  /// Returns whether clients of its version are told from where they can go on.
  boolean isResumable() {
    return protocol.equals(RESUMABLE);
  }

  void use() {
    used = System.nanoTime();
    established = true;
  }

  void touch() {
    used = System.nanoTime();
  }

  /// Returns whether its client came back after it began.
  boolean isEstablished() {
    return established;
  }

  long idleNanos() {
    return System.nanoTime() - used;
  }

  /// Returns whether a request of it waits, or a stream of it is read.
  synchronized boolean isBusy() {
    return !routes.isIdle() || streams.values().stream().anyMatch(WebStream::isRead);
  }

  synchronized WebStream stream() {
    number++;
    String name = Long.toString(number);
    WebStream stream = new WebStream(name);
    streams.put(name, stream);
    while (streams.size() > KEPT_STREAMS) {
      Optional<String> old =
          streams.entrySet().stream()
              .filter(each -> each.getValue().isFinished() && !each.getValue().isRead())
              .map(Map.Entry::getKey)
              .findFirst();
      if (old.isEmpty()) {
        break;
      }
      streams.remove(old.get());
    }
    return stream;
  }

  synchronized Optional<WebStream> stream(String name) {
    return Optional.ofNullable(streams.get(name));
  }

  @Override
  public void heard(byte[] message) throws InterruptedException {
    touch();
    routes.heard(message);
  }

  @Override
  public void ended() {
    synchronized (this) {
      streams.values().forEach(stream -> stream.finish(Optional.empty()));
    }
    ended.run();
  }

  @Override
  public void close() {
    channel.close();
  }
}
