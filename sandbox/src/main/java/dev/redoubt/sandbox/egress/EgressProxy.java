// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.sandbox.network.Connection;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.network.Listener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// The way out of one sandbox, for one command: an HTTP and SOCKS5 proxy on one socket that asks
/// the gate about every request and denies what nobody allowed.
///
/// Names are resolved here, once for each connection, and the address that is dialled was judged.
/// What a program asks for becomes an action of its own, so that there is a decision in the log for
/// every request, also on a connection that is kept. Safe to share. Whoever opened it closes it.
public final class EgressProxy implements AutoCloseable {

  private static final Logger log = System.getLogger(EgressProxy.class.getName());
  private static final long TICK_MILLIS = 100;

  private final Listener listener;
  private final EgressEndpoint endpoint;
  private final House house;
  private final ExecutorService threads;
  private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final CountDownLatch over = new CountDownLatch(1);

  private EgressProxy(
      Listener listener, EgressEndpoint endpoint, EgressTerms terms, Dialer dialer, Pass pass) {
    this.listener = listener;
    this.endpoint = endpoint;
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("egress-", 0).factory());
    this.house = new House(terms, new Warden(terms, dialer), pass, threads, new AtomicLong());
    threads.execute(this::accept);
    threads.execute(this::watch);
  }

  /// Returns a proxy on the Unix-domain socket `file`. Whoever can reach the file may use it, so it
  /// gets mode 0600 in a folder that has to have mode 0700 and is made so when it is absent.
  ///
  /// @throws IOException if the folder lets others in, something is at `file`, or the system
  ///   refuses
  public static EgressProxy onSocket(Path file, EgressTerms terms, Dialer dialer)
      throws IOException {
    return new EgressProxy(
        Listener.onSocket(file), new EgressEndpoint.Socket(file), terms, dialer, Pass.open());
  }

  /// Returns a proxy on a free port of 127.0.0.1 with a token of its own.
  public static EgressProxy onLoopback(EgressTerms terms, Dialer dialer) throws IOException {
    return onAddress(IpAddress.of(new byte[] {127, 0, 0, 1}), 0, terms, dialer);
  }

  /// Returns a proxy on `port` of `address`, or on a free one for port 0, with a token of its own:
  /// for the address of a bridge that containers reach.
  public static EgressProxy onAddress(IpAddress address, int port, EgressTerms terms, Dialer dialer)
      throws IOException {
    Listener listener = Listener.onAddress(address, port);
    Pass pass = Pass.random();
    String host = address.isV4() ? address.toString() : "[" + address + "]";
    return new EgressProxy(
        listener,
        new EgressEndpoint.Port(host, listener.port(), pass.token()),
        terms,
        dialer,
        pass);
  }

  /// Returns where it can be reached.
  public EgressEndpoint endpoint() {
    return endpoint;
  }

  /// Returns the latest refusals, the oldest first, at most 100: what the command was denied.
  public List<EgressRefusal> refusals() {
    return house.warden().refusals();
  }

  /// Returns how many bytes it carried in both directions.
  public long carried() {
    return house.carried().get();
  }

  /// Ends every connection at once and takes the socket away. Waits for no one.
  @Override
  public void close() {
    if (!open.getAndSet(false)) {
      return;
    }
    over.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      log.log(Level.WARNING, "the socket of the proxy could not be closed", e);
    }
    visits.forEach(Visit::close);
    threads.shutdownNow();
  }

  private void accept() {
    while (open.get()) {
      try {
        admit(listener.accept());
      } catch (IOException e) {
        if (open.get()) {
          log.log(Level.WARNING, "the proxy could not take a connection", e);
          pause();
        }
      } catch (RejectedExecutionException e) {
        return;
      }
    }
  }

  private void admit(Connection client) throws IOException {
    if (visits.size() >= house.terms().limits().connections()) {
      client.close();
      return;
    }
    Visit visit = new Visit(house, client);
    visits.add(visit);
    if (!open.get()) {
      visit.close();
    }
    threads.execute(() -> serve(visit, client));
  }

  private void serve(Visit visit, Connection client) {
    try (visit) {
      Wire wire = new Wire(client, visit);
      int first = wire.peek();
      if (first == Socks5.VERSION) {
        new Socks5(visit, wire).serve();
      } else if (first >= 0) {
        new HttpRequests(visit, wire, Optional.empty()).serve();
      }
    } catch (IOException e) {
      // Programs and servers go away all the time.
      log.log(Level.DEBUG, "a connection ended early", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.log(Level.WARNING, "a connection was ended by a mistake of the proxy", e);
    } finally {
      visits.remove(visit);
    }
  }

  /* Ends what takes too long. */
  private void watch() {
    while (open.get()) {
      long now = System.nanoTime();
      for (Visit visit : visits) {
        if (visit.isOverdue(now)) {
          visit.timeIsUp();
        }
      }
      pause();
    }
  }

  private void pause() {
    try {
      if (over.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
