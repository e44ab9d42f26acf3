// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.NameResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks the name service of this machine, for a bounded time and a bounded number of addresses.
///
/// Safe to share.
public final class HostNameResolver implements NameResolver {

  private static final int MAX_ADDRESSES = 64;

  private final Duration patience;

  /// @param patience how long to wait for an answer
  public HostNameResolver(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Optional<List<IpAddress>> resolve(String host) {
    FutureTask<InetAddress[]> question = new FutureTask<>(() -> InetAddress.getAllByName(host));
    // A lookup blocks its thread in the system, which must not be one that others wait on.
    Thread.ofPlatform().daemon().name("resolve").start(question);
    try {
      return Optional.of(addresses(question.get(patience.toMillis(), TimeUnit.MILLISECONDS)));
    } catch (ExecutionException e) {
      throw failed("%s cannot be resolved".formatted(host), e.getCause());
    } catch (TimeoutException e) {
      throw failed("the name service did not answer for %s".formatted(host), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while %s was resolved".formatted(host), e);
    }
  }

  private static List<IpAddress> addresses(InetAddress[] found) {
    List<IpAddress> addresses = new ArrayList<>();
    for (InetAddress address : found) {
      if (addresses.size() == MAX_ADDRESSES) {
        throw failed("it has more than %d addresses".formatted(MAX_ADDRESSES), null);
      }
      addresses.add(IpAddress.of(address.getAddress()));
    }
    return List.copyOf(addresses);
  }

  private static UncheckedIOException failed(String why, @Nullable Throwable cause) {
    IOException failure = new UnknownHostException(why);
    failure.initCause(cause);
    return new UncheckedIOException(failure);
  }
}
