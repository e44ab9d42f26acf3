// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.HostAndPort;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.Scheme;
import dev.redoubt.guard.network.Target;
import dev.redoubt.sandbox.egress.HttpRequests.Origin;
import dev.redoubt.sandbox.network.Connection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Carries bytes between a program and one server, once it is seen what they are.
///
/// TLS has to be for the host that was asked for. HTTP is judged request by request, also to a host
/// that an operator named with its port. Anything else passes only to such a host.
final class Tunnel {

  private static final int TLS = 22;
  private static final int BLOCK = 16_384;

  /// The alert `unrecognized_name` of TLS.
  private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 112};

  private final Visit visit;
  private final Wire client;
  private final Warden warden;

  Tunnel(Visit visit, Wire client) {
    this.visit = visit;
    this.client = client;
    this.warden = visit.house().warden();
  }

  /// Tells the program that its tunnel is there.
  interface Accepting {
    void accept() throws IOException;
  }

  /// Serves a tunnel to `at` until one of both ends it.
  ///
  /// @throws RefusedRequest only before `accepting` was told
  void serve(HostAndPort at, Accepting accepting)
      throws RefusedRequest, IOException, InterruptedException {
    Target target = new Target("", "", at.host(), at.port(), "");
    Optional<SessionAuthority> authority = visit.house().terms().inspection();
    if (warden.speaksFreely(target)) {
      Connection server = warden.open(action(at), target, visit);
      accepting.accept();
      anything(at, new Wire(server, visit));
    } else if (authority.isPresent()) {
      // Nothing is dialled before a request was read and judged.
      accepting.accept();
      visit.within(visit.house().terms().limits().patience());
      inspected(at, authority.get());
    } else {
      Connection server = warden.open(action(at), target, visit);
      accepting.accept();
      visit.within(visit.house().terms().limits().patience());
      known(at, new Wire(server, visit));
    }
  }

  private void known(HostAndPort at, Wire server) throws IOException, InterruptedException {
    int first = client.peek();
    if (first == TLS) {
      ClientHello hello = hello(at, false);
      if (hello != null) {
        server.write(hello.bytes());
        both(server);
      }
    } else if (isHttp(first, at)) {
      requests(at, server);
    } else if (first >= 0) {
      refuseOther(at);
    }
  }

  private void inspected(HostAndPort at, SessionAuthority authority)
      throws IOException, InterruptedException {
    int first = client.peek();
    if (first == TLS) {
      ClientHello hello = hello(at, true);
      if (hello != null) {
        Connection opened = visit.owns(authority.open(client, hello, at.host()));
        Wire inside = new Wire(opened, visit);
        new HttpRequests(visit, inside, Optional.of(new Origin(Scheme.HTTPS, at))).serve();
      }
    } else if (isHttp(first, at)) {
      new HttpRequests(visit, client, Optional.of(new Origin(Scheme.HTTP, at))).serve();
    } else if (first >= 0) {
      refuseOther(at);
    }
  }

  /* The server may be the first to speak, so its direction does not wait. */
  private void anything(HostAndPort at, Wire server) throws IOException, InterruptedException {
    visit.whileMoving();
    AtomicReference<Course> course = new AtomicReference<>(Course.OPEN);
    FutureTask<Void> back = started(() -> answers(server, course));
    if (client.peek() == TLS) {
      ClientHello hello = hello(at, false);
      if (hello == null) {
        return;
      }
      server.write(hello.bytes());
    } else {
      switch (FirstLine.of(client, () -> course.get() == Course.FREE)) {
        case HTTP -> {
          if (course.compareAndSet(Course.OPEN, Course.JUDGED)) {
            requests(at, server);
            return;
          }
        }
        case UNCLEAR -> {
          refuse(at, "the first line of what is sent to %s does not end", List.of());
          return;
        }
        case OTHER -> {}
      }
    }
    carry(client, server);
    visit.ebbs();
    finished(back);
  }

  /* What the server of a tunnel that may speak anything says. It is another server that answers
   * requests which are judged one by one. */
  private void answers(Wire server, AtomicReference<Course> course) throws IOException {
    try {
      server.peek();
    } catch (IOException e) {
      if (course.get() == Course.JUDGED) {
        return;
      }
      throw e;
    }
    if (course.compareAndSet(Course.OPEN, Course.FREE) || course.get() == Course.FREE) {
      carry(server, client);
    }
  }

  private void requests(HostAndPort at, Wire server) throws IOException, InterruptedException {
    visit.release(server.connection());
    visit.within(visit.house().terms().limits().patience());
    new HttpRequests(visit, client, Optional.of(new Origin(Scheme.HTTP, at))).serve();
  }

  /// Whether a tunnel that may speak anything is judged.
  private enum Course {
    /// Nobody has spoken.
    OPEN,
    /// The server was the first to speak.
    FREE,
    /// The program speaks HTTP.
    JUDGED
  }

  /* Where we are the server ourselves, the name that shows is the one that counts. */
  private @Nullable ClientHello hello(HostAndPort at, boolean opened) throws IOException {
    ClientHello hello;
    try {
      hello = ClientHello.read(client::take);
    } catch (ClientHello.Unreadable e) {
      refuseTls(at, "net.tls-malformed", e.reason());
      return null;
    }
    if (hello.hidesAName() && !opened) {
      refuseTls(
          at,
          "net.tls-hidden-name",
          "the TLS greeting hides the name of its server (encrypted ClientHello)");
      return null;
    }
    Optional<String> wrong = objection(at.host(), hello.serverName());
    if (wrong.isPresent()) {
      refuseTls(at, "net.sni-mismatch", wrong.get());
      return null;
    }
    return hello;
  }

  private static Optional<String> objection(Host host, Optional<String> named) {
    return switch (host) {
      case Host.Name(String name) when named.isEmpty() ->
          Optional.of("the TLS greeting does not name %s".formatted(name));
      case Host.Name(String name) ->
          named.get().equals(name)
              ? Optional.empty()
              : Optional.of("the TLS greeting names another server than %s".formatted(name));
      case Host.Address(IpAddress address) ->
          named.isEmpty() || named.get().equals(address.toString())
              ? Optional.empty()
              : Optional.of(
                  "the TLS greeting names a server, but the address %s was asked for: ask for the name"
                      .formatted(address));
    };
  }

  private void refuseTls(HostAndPort at, String rule, String reason) throws IOException {
    RefusedRequest _ = warden.refuse(action(at), RefusedRequest.forbidden(rule, reason));
    client.write(ALERT);
    client.linger(visit);
  }

  private void refuseOther(HostAndPort at) {
    refuse(
        at,
        "what is sent to %s is neither TLS nor HTTP",
        at.port() == 443 ? List.of() : List.of("net:" + at.text()));
  }

  private void refuse(HostAndPort at, String reason, List<String> remedies) {
    RefusedRequest _ =
        warden.refuse(
            action(at),
            new RefusedRequest(
                RefusedRequest.FORBIDDEN,
                new EgressRefusal("net.not-tls", reason.formatted(at.text()), remedies)));
  }

  private static boolean isHttp(int first, HostAndPort at) {
    return first >= 'A' && first <= 'Z' && at.port() != 443;
  }

  private static Action.Connect action(HostAndPort at) {
    String host =
        switch (at.host()) {
          case Host.Name(String name) -> name;
          case Host.Address(IpAddress address) -> address.toString();
        };
    return new Action.Connect("tcp", host, at.port());
  }

  private void both(Wire server) throws IOException, InterruptedException {
    visit.whileMoving();
    FutureTask<Void> back = started(() -> carry(server, client));
    carry(client, server);
    visit.ebbs();
    finished(back);
  }

  private interface Direction {
    void run() throws IOException;
  }

  private FutureTask<Void> started(Direction work) {
    FutureTask<Void> direction =
        new FutureTask<>(() -> {
          try {
            work.run();
            return null;
          } catch (IOException e) {
            // The other direction would wait for somebody who is gone.
            visit.close();
            throw e;
          }
        });
    visit.house().threads().execute(direction);
    return direction;
  }

  private static void carry(Wire from, Wire to) throws IOException {
    byte[] block = new byte[BLOCK];
    for (int read = from.read(block, 0, BLOCK); read >= 0; read = from.read(block, 0, BLOCK)) {
      to.write(block, 0, read);
    }
    to.connection().finish();
  }

  private static void finished(FutureTask<Void> direction) throws InterruptedException {
    try {
      direction.get();
    } catch (ExecutionException e) {
      // It closed the visit, which is all there is to do.
      return;
    }
  }
}
