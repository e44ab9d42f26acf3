// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.BuiltInPolicy;
import dev.redoubt.guard.policy.LayeredPolicy;
import dev.redoubt.guard.policy.Layers;
import dev.redoubt.guard.policy.PolicyGuard;
import dev.redoubt.guard.policy.Rule;
import dev.redoubt.guard.policy.RuleSet;
import dev.redoubt.guard.policy.ShortRule;
import dev.redoubt.guard.policy.Stance;
import dev.redoubt.sandbox.network.TestNet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy in front of a small internet, with the real gate and the real policy. Closed by the test
/// that made it.
public final class TestEgress implements AutoCloseable {

  private static final Situation SITUATION =
      new Situation("/w", Situation.Trust.TRUSTED, Situation.Wall.HELD, "/home/dev");

  final TestNet net;
  public final List<String> decisions = new CopyOnWriteArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<EgressProxy> proxies = new ArrayList<>();
  DecisionLog evidence = DecisionLog.NONE;
  List<CredentialBinding> credentials = List.of();
  EgressLimits limits = EgressLimits.ORDINARY;
  Optional<SessionAuthority> authority = Optional.empty();

  public TestEgress(TestNet net) {
    this.net = net;
  }

  /// Allows each of `targets`, as `--allow net:TARGET` does.
  public TestEgress allow(String... targets) {
    for (String target : targets) {
      rules.add(ShortRule.parse("net:" + target, Stance.ALLOW, rules.size() + 1));
    }
    return this;
  }

  TestEgress deny(String target) {
    rules.add(ShortRule.parse("net:" + target, Stance.DENY, rules.size() + 1));
    return this;
  }

  EgressTerms terms() {
    RuleSet typed = new RuleSet(rules, List.of());
    Layers layers =
        new Layers(
            RuleSet.NONE,
            typed,
            RuleSet.NONE,
            Layers.Widening.REFUSED,
            new Layers.Managed.NotEnrolled());
    LayeredPolicy policy =
        new LayeredPolicy(
            new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE), layers, FileFacts.NONE);
    DecisionLog log =
        (action, guard, decision) -> {
          evidence.record(action, guard, decision);
          decisions.add(shown(action, guard, decision));
        };
    Gate gate = new Gate(List.of(new PolicyGuard(policy, SITUATION)), Approver.NEVER, log);
    return new EgressTerms(gate, log, layers.operatorTargets(), credentials, limits, authority);
  }

  /// Returns a proxy with a token on a port of loopback.
  EgressProxy onPort() throws IOException {
    EgressProxy proxy = EgressProxy.onLoopback(terms(), net.dialer());
    proxies.add(proxy);
    return proxy;
  }

  public EgressProxy onSocket(Path file) throws IOException {
    EgressProxy proxy = EgressProxy.onSocket(file, terms(), net.dialer());
    proxies.add(proxy);
    return proxy;
  }

  @Override
  public void close() {
    proxies.forEach(EgressProxy::close);
  }

  static EgressEndpoint.Port port(EgressProxy proxy) {
    return (EgressEndpoint.Port) proxy.endpoint();
  }

  static Socket connected(EgressProxy proxy) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(proxy).port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /// Returns the line that lets a request in.
  static String pass(EgressProxy proxy) {
    String pair = "redoubt:" + port(proxy).token();
    return "Proxy-Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(ISO_8859_1))
        + "\r\n";
  }

  /// Sends `text`, with a line end for each `|` and the line that lets in for `{pass}`, and returns
  /// all that comes back.
  static String talk(EgressProxy proxy, String text) throws IOException {
    return raw(proxy, text.replace("{pass}", pass(proxy)).replace("|", "\r\n"));
  }

  /// Sends `text` as it is and returns all that comes back.
  static String raw(EgressProxy proxy, String text) throws IOException {
    try (Socket socket = connected(proxy)) {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      return rest(socket.getInputStream());
    }
  }

  static String rest(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] block = new byte[4096];
    try {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        all.write(block, 0, read);
      }
    } catch (SocketException e) {
      // A connection that is reset ends too.
      return all.toString(ISO_8859_1);
    }
    return all.toString(ISO_8859_1);
  }

  /// Returns what stands before the body, with `\n` for line ends.
  static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    return head.toString().replace("\r\n", "\n");
  }

  private static String shown(Action action, String guard, Decision decision) {
    String what =
        switch (action) {
          case Action.Connect(String _, String host, int port) -> "connect " + host + ":" + port;
          case Action.Fetch(String method, String url) -> method + " " + url;
          default -> throw new AssertionError(action);
        };
    String answer =
        switch (decision) {
          case Decision.Allow _ -> "allow";
          case Decision.Ask _ -> "ask";
          case Decision.Deny _ -> "deny";
        };
    return "%s %s (%s %s)".formatted(answer, what, guard, decision.rule());
  }
}
