// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.GlobalOptions.Network;
import dev.redoubt.cli.guard.GuardEngine.InFront;
import dev.redoubt.cli.sandbox.CredentialSetting;
import dev.redoubt.cli.sandbox.ExitSettings;
import dev.redoubt.cli.sandbox.TlsSettings;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.sandbox.egress.EgressEndpoint;
import dev.redoubt.sandbox.egress.EgressLimits;
import dev.redoubt.sandbox.egress.EgressProxy;
import dev.redoubt.sandbox.egress.EgressRefusal;
import dev.redoubt.sandbox.egress.EgressSettings;
import dev.redoubt.sandbox.egress.EgressSettings.Loopback;
import dev.redoubt.sandbox.egress.EgressTerms;
import dev.redoubt.sandbox.egress.SessionAuthority;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The way out of one command: a proxy when the operator's rules allow a connection and the backend
/// holds everything else back, nothing otherwise.
public final class Egress implements AutoCloseable {

  /* Where the proxy is seen from inside a network of its own, in which no other port is taken. */
  private static final EgressEndpoint.Port INSIDE = new EgressEndpoint.Port("127.0.0.1", 18118, "");

  private static final int MOST_REFUSALS = 5;
  private static final Path SYSTEM = Path.of("/etc/ssl/certs/ca-certificates.crt");
  private static final long MOST_OF_THE_SYSTEM = 4 << 20;

  private final Optional<EgressProxy> proxy;
  private final Optional<Path> folder;
  private final Exits exits;

  private Egress(Optional<EgressProxy> proxy, Optional<Path> folder, Exits exits) {
    this.proxy = requireNonNull(proxy, "proxy");
    this.folder = requireNonNull(folder, "folder");
    this.exits = requireNonNull(exits, "exits");
  }

  /// @param settings what the operator says about the way out
  /// @param log where each decision about a connection is written
  /// @throws WallException if TLS is to be inspected and nothing leads through the proxy
  static Egress open(Call call, Premises premises, ExitSettings settings, EvidenceDecisionLog log)
      throws IOException {
    Backend backend = premises.backend();
    InFront guard = premises.guard();
    boolean inspects = settings.tls().inspection() == TlsSettings.Inspection.ON;
    if (inspects && backend.wayOut() == Backend.WayOut.NONE) {
      throw WallException.cannotStart(
          "the sandbox \"%s\" leads nothing through the egress proxy, which could inspect it"
              .formatted(backend.name()),
          "--sandbox bubblewrap, docker or landlock, or leave --inspect-tls out");
    }
    boolean off = call.globals().network() == Network.OFF || guard.targets().isEmpty();
    if (off || backend.wayOut() == Backend.WayOut.NONE) {
      return new Egress(Optional.empty(), Optional.empty(), new Exits.None());
    }
    SessionCredentials credentials =
        SessionCredentials.of(call, premises.workspace(), settings.credentials());
    if (!inspects) {
      tellOfClosed(call, settings.credentials());
    }
    EgressTerms terms =
        new EgressTerms(
            new Gate(List.of(guard.guard()), Approver.NEVER, log),
            log,
            guard.targets(),
            credentials.bindings(),
            EgressLimits.ORDINARY,
            inspects
                ? Optional.of(SessionAuthority.create(call.world().clock()))
                : Optional.empty());
    Dialer dialer = Dialer.trusting(settings.tls().certificates());
    return switch (backend.wayOut()) {
      case NONE -> throw new IllegalStateException("answered above");
      case SOCKET -> onSocket(terms, loopback(guard.targets()), credentials.variables(), dialer);
      case LOOPBACK -> onLoopback(terms, credentials.variables(), dialer);
    };
  }

  private static void tellOfClosed(Call call, List<CredentialSetting> credentials) {
    for (CredentialSetting credential : credentials) {
      if (credential.server().scheme().isSecure()) {
        CommandOutput.note(
            call,
            "redoubt: the credential \"%s\" is for %s and stays out: TLS is closed to the proxy"
                + " without --inspect-tls",
            credential.name(),
            credential.server().authority());
      }
    }
  }

  private static Map<String, String> both(
      EgressSettings settings, Map<String, String> placeholders) {
    Map<String, String> variables = new TreeMap<>(placeholders);
    variables.putAll(settings.variables());
    return variables;
  }

  /* Programs inside talk to each other over the loopback, unless the operator means this machine's. */
  private static Loopback loopback(List<NetworkMatcher> targets) {
    for (NetworkMatcher target : targets) {
      String host = target.hosts().text();
      if (host.equals("localhost") || host.startsWith("127.") || host.contains("::1")) {
        return Loopback.THROUGH_PROXY;
      }
    }
    return Loopback.INSIDE;
  }

  private static Egress onSocket(
      EgressTerms terms, Loopback loopback, Map<String, String> placeholders, Dialer dialer)
      throws IOException {
    Path folder = Files.createTempDirectory("redoubt-egress-");
    Path socket = folder.resolve("proxy");
    EgressProxy proxy = EgressProxy.onSocket(socket, terms, dialer);
    EgressSettings settings =
        EgressSettings.of(INSIDE, Exits.Proxy.TRUST, loopback, terms.inspection());
    Optional<Path> trust = Optional.empty();
    if (terms.inspection().isPresent()) {
      trust = Optional.of(Files.createDirectory(folder.resolve("trust")));
      lay(settings, trust.get());
      seenByAnybody(trust.get());
    }
    return new Egress(
        Optional.of(proxy),
        Optional.of(folder),
        new Exits.Proxy(socket, INSIDE.toString(), both(settings, placeholders), trust));
  }

  private static void lay(EgressSettings settings, Path folder) throws IOException {
    for (var file : settings.files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue().bytes());
    }
    Path bundle = folder.resolve(Exits.Proxy.BUNDLE);
    if (Files.exists(bundle)) {
      alsoOfTheSystem(bundle);
    }
  }

  /* There is no secret in it, and the user of a container is not the one who lays it out. Nobody
   * else gets through the folder above. */
  private static void seenByAnybody(Path trust) throws IOException {
    Files.setPosixFilePermissions(trust, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var files = Files.newDirectoryStream(trust)) {
      for (Path file : files) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      }
    }
  }

  /* What the operator's machine trusts besides Java, for connections that are not inspected. */
  private static void alsoOfTheSystem(Path bundle) throws IOException {
    if (Files.isRegularFile(SYSTEM) && Files.size(SYSTEM) <= MOST_OF_THE_SYSTEM) {
      try (OutputStream more = Files.newOutputStream(bundle, StandardOpenOption.APPEND)) {
        Files.copy(SYSTEM, more);
      }
    }
  }

  private static Egress onLoopback(
      EgressTerms terms, Map<String, String> placeholders, Dialer dialer) throws IOException {
    EgressProxy proxy = EgressProxy.onLoopback(terms, dialer);
    if (!(proxy.endpoint() instanceof EgressEndpoint.Port port)) {
      proxy.close();
      throw new IllegalStateException("a proxy on loopback has a port");
    }
    Path folder = Files.createTempDirectory("redoubt-egress-");
    EgressSettings settings =
        EgressSettings.of(port, folder.toString(), Loopback.THROUGH_PROXY, terms.inspection());
    lay(settings, folder);
    return new Egress(
        Optional.of(proxy),
        Optional.of(folder),
        new Exits.Proxy(
            folder.resolve("none"),
            port.toString(),
            both(settings, placeholders),
            Optional.of(folder)));
  }

  /// Returns how commands reach it.
  public Exits exits() {
    return exits;
  }

  /// Says on standard error what the proxy refused, once each.
  public void tell(Call call) {
    proxy.map(EgressProxy::refusals).orElse(List.of()).stream()
        .distinct()
        .limit(MOST_REFUSALS)
        .forEach(refusal -> tell(call, refusal));
  }

  private static void tell(Call call, EgressRefusal refusal) {
    CommandOutput.note(
        call, "redoubt: the egress proxy refused: %s  (%s)", refusal.reason(), refusal.rule());
    for (String remedy : refusal.remedies()) {
      CommandOutput.note(call, "  to allow it: --allow '%s'", remedy);
    }
  }

  @Override
  public void close() throws IOException {
    proxy.ifPresent(EgressProxy::close);
    if (folder.isPresent()) {
      removeAll(folder.get().resolve("trust"));
      removeAll(folder.get());
    }
  }

  private static void removeAll(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
