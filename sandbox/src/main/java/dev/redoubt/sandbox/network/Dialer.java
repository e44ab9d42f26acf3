// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.network.AddressJudge;
import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.HostAndPort;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.network.NetworkJudge;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.network.OperatorTarget;
import dev.redoubt.guard.network.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Opens connections, each to an address that was judged.
///
/// A name is resolved once. Every address of the answer is judged, one that may not be reached
/// refuses all, and the connection goes to the first judged address that takes it: the name is not
/// asked for again. There is no proxy, from the environment or otherwise. TLS 1.2 or newer, with
/// the certificates the JDK trusts and the name in the certificate checked. Safe to share.
public final class Dialer {

  private static final Duration RESOLVING = Duration.ofSeconds(10);
  private static final Duration CONNECTING = Duration.ofSeconds(15);

  private final NameResolver names;
  private final AddressJudge addresses;
  private final Connector connector;
  private final Supplier<SSLContext> tls;

  /// For tests: another name service, other certificates, another wire.
  Dialer(
      NameResolver names, AddressJudge addresses, Connector connector, Supplier<SSLContext> tls) {
    this.names = requireNonNull(names, "names");
    this.addresses = requireNonNull(addresses, "addresses");
    this.connector = requireNonNull(connector, "connector");
    this.tls = requireNonNull(tls, "tls");
  }

  /// Returns a dialer with this machine's name service, network cards and trusted certificates.
  ///
  /// @throws SocketException if the network cards cannot be listed
  public static Dialer create() throws SocketException {
    return new Dialer(
        new HostNameResolver(RESOLVING),
        new AddressJudge(OwnAddresses.find()),
        Connector.DIRECT,
        Dialer::trusted);
  }

  /// Returns the same, which trusts what `besides` certify as well.
  ///
  /// @throws SocketException if the network cards cannot be listed
  public static Dialer trusting(List<X509Certificate> besides) throws SocketException {
    SSLContext tls = besides.isEmpty() ? trusted() : Trust.of(besides);
    return new Dialer(
        new HostNameResolver(RESOLVING),
        new AddressJudge(OwnAddresses.find()),
        Connector.DIRECT,
        () -> tls);
  }

  /// Returns a connection to `at` without TLS. Whoever asked closes it.
  ///
  /// @param patience for resolving and connecting together
  /// @throws RefusedConnectionException if `surface` may not reach it
  public Connection dial(HostAndPort at, Surface surface, Duration patience) throws IOException {
    return dial(new Target("", "", at.host(), at.port(), ""), surface, patience);
  }

  /// Returns a connection to `target`, with TLS when its scheme is https or wss. Whoever asked
  /// closes it.
  ///
  /// @param patience for resolving, connecting and the handshake together
  /// @throws RefusedConnectionException if `surface` may not reach it
  public Connection dial(Target target, Surface surface, Duration patience) throws IOException {
    try (Deadline deadline = Deadline.in(patience)) {
      Socket socket = dial(target, surface, deadline);
      try {
        socket.setSoTimeout(0);
        return Connection.of(socket);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }
  }

  /// Returns a socket to `target`, with TLS when its scheme says so.
  Socket dial(Target target, Surface surface, Deadline deadline) throws IOException {
    List<IpAddress> judged = judged(target, surface);
    Socket socket = connect(judged, target.port(), deadline);
    boolean secure = target.scheme().equals("https") || target.scheme().equals("wss");
    return secure ? secured(socket, target, deadline) : socket;
  }

  /// Returns the addresses of `target`, each of which `surface` may reach.
  private List<IpAddress> judged(Target target, Surface surface) throws IOException {
    Once once = new Once(names);
    Decision decision =
        switch (surface) {
          case Surface.Operator(OperatorTarget named) -> {
            requireNamed(named, target);
            yield new NetworkJudge(once, addresses).judge(target, List.of(named));
          }
          case Surface.Named(OperatorTarget named) -> {
            requireNamed(named, target);
            // Without the scheme: whether plain http will do depends on the address.
            Target any = new Target("", "", target.host(), target.port(), "");
            yield new NetworkJudge(once, addresses).judge(any, List.of(named));
          }
          case Surface.Open(NetworkRules rules) -> {
            if (rules.answer(target) == NetworkRules.Answer.DENIED) {
              throw new RefusedConnectionException(
                  "net.denied", "a rule denies %s".formatted(target.shortRule().substring(4)));
            }
            yield new NetworkJudge(once, addresses).judge(target, List.of());
          }
        };
    if (decision instanceof Decision.Deny(String rule, String reason, List<String> _)) {
      throw new RefusedConnectionException(rule, reason);
    }
    List<IpAddress> found =
        switch (target.host()) {
          case Host.Address(IpAddress address) -> List.of(address);
          case Host.Name(String name) -> once.addresses(name);
        };
    for (IpAddress address : found) {
      requireAllowed(target, surface, address);
    }
    return found;
  }

  private static void requireNamed(OperatorTarget named, Target target)
      throws RefusedConnectionException {
    if (!named.names(target)) {
      throw new RefusedConnectionException(
          "net.other-target",
          "%s is not %s, the only target named"
              .formatted(target.shortRule().substring(4), named.at()));
    }
  }

  private void requireAllowed(Target target, Surface surface, IpAddress address)
      throws RefusedConnectionException {
    AddressJudge.Judgement judgement = addresses.judge(address);
    Optional<String> objection =
        switch (surface) {
          case Surface.Operator _ -> OperatorTarget.objection(target.scheme(), address, judgement);
          case Surface.Named _ when judgement.isPublic() -> Optional.empty();
          case Surface.Named _ -> OperatorTarget.objection(target.scheme(), address, judgement);
          case Surface.Open _ ->
              judgement.isPublic()
                  ? Optional.empty()
                  : Optional.of("%s %s".formatted(address, judgement.reason()));
        };
    if (objection.isPresent()) {
      throw new RefusedConnectionException(
          surface instanceof Surface.Open ? "net.resolves-inward" : "net.operator-target",
          "%s: %s".formatted(target.host().text(), objection.get()));
    }
  }

  private Socket connect(List<IpAddress> judged, int port, Deadline deadline) throws IOException {
    IOException failure = new SocketException("there is no address to connect to");
    for (IpAddress address : judged) {
      Duration left = deadline.left();
      Duration patience = left.compareTo(CONNECTING) < 0 ? left : CONNECTING;
      try {
        return connector.connect(address, port, patience, deadline);
      } catch (IOException e) {
        failure = deadline.explain(e);
        if (Thread.currentThread().isInterrupted() || deadline.left().isZero()) {
          break;
        }
      }
    }
    throw failure;
  }

  private Socket secured(Socket socket, Target target, Deadline deadline) throws IOException {
    String peer =
        switch (target.host()) {
          case Host.Address(IpAddress address) -> address.toString();
          case Host.Name(String name) -> name;
        };
    try {
      socket.setSoTimeout(Math.clamp(deadline.left().toMillis(), 1, (int) CONNECTING.toMillis()));
      SSLSocket secured =
          (SSLSocket) tls.get().getSocketFactory().createSocket(socket, peer, target.port(), true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      return secured;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e instanceof IOException io
          ? deadline.explain(io)
          : new IOException("TLS with %s failed".formatted(peer), e);
    }
  }

  private static SSLContext trusted() {
    try {
      return SSLContext.getDefault();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /// Asks for a name once and remembers the answer.
  private static final class Once implements NameResolver {

    private final NameResolver names;
    private @Nullable List<IpAddress> answer;

    Once(NameResolver names) {
      this.names = names;
    }

    @Override
    public Optional<List<IpAddress>> resolve(String host) {
      if (answer == null) {
        answer = names.resolve(host).orElse(List.of());
      }
      return Optional.of(answer);
    }

    List<IpAddress> addresses(String host) throws IOException {
      try {
        return resolve(host).orElse(List.of());
      } catch (UncheckedIOException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
