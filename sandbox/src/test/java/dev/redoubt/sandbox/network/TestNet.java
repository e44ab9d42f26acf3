// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import dev.redoubt.guard.network.AddressJudge;
import dev.redoubt.guard.network.HostAndPort;
import dev.redoubt.guard.network.HostPattern;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.network.OperatorTarget;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/// A small internet on loopback: names with public addresses, and which server stands behind each.
///
/// Addresses are judged as they are; only the wire leads elsewhere.
public final class TestNet {

  private final Map<String, Iterator<List<IpAddress>>> names = new HashMap<>();
  private final Map<String, Integer> servers = new HashMap<>();
  private final List<String> lookups = new CopyOnWriteArrayList<>();
  private final List<String> dialled = new CopyOnWriteArrayList<>();
  private SSLContext tls = defaultTls();

  /// Lets `name` resolve to each of `answers` in turn, each a list of addresses.
  public TestNet name(String name, String... answers) {
    List<List<IpAddress>> turns = new ArrayList<>();
    for (String answer : answers) {
      turns.add(Arrays.stream(answer.split(" ", -1)).map(TestNet::ip).toList());
    }
    names.put(name, turns.iterator());
    return this;
  }

  /// Puts the server on `localPort` at `address:port`.
  public TestNet server(String address, int localPort) {
    servers.put(address, localPort);
    return this;
  }

  public TestNet trusting(SSLContext context) {
    tls = context;
    return this;
  }

  WebClient client() {
    return new WebClient(dialer());
  }

  public Dialer dialer() {
    NameResolver resolver =
        host -> {
          lookups.add(host);
          Iterator<List<IpAddress>> answers = names.get(host);
          if (answers == null) {
            throw new UncheckedIOException(new UnknownHostException(host));
          }
          return Optional.of(answers.next());
        };
    Connector wire =
        (address, port, patience, opened) -> {
          String at = (address.isV4() ? address.toString() : "[" + address + "]") + ":" + port;
          dialled.add(at);
          Integer local = servers.get(at);
          if (local == null) {
            throw new ConnectException("nothing listens at " + at);
          }
          return Connector.DIRECT.connect(ip("127.0.0.1"), local, patience, opened);
        };
    return new Dialer(resolver, new AddressJudge(Set.of()), wire, () -> tls);
  }

  public List<String> lookups() {
    return List.copyOf(lookups);
  }

  public List<String> dialled() {
    return List.copyOf(dialled);
  }

  static StrictUrl url(String text) {
    return good(StrictUrl.read(text));
  }

  static Surface open() {
    return new Surface.Open(NetworkRules.NONE);
  }

  static Surface allowing(String... hosts) {
    List<NetworkMatcher> matchers =
        Arrays.stream(hosts).map(host -> NetworkMatcher.of(good(HostPattern.parse(host)))).toList();
    return new Surface.Open(new NetworkRules(matchers, List.of()));
  }

  static Surface operator(String at) {
    return new Surface.Operator(new OperatorTarget(good(HostAndPort.read(at))));
  }

  static WebLimits limits() {
    return new WebLimits(16_384, 1 << 20, Duration.ofSeconds(20), Duration.ofSeconds(10));
  }

  static WebRequest get(String url, Surface surface, WebHeader... headers) {
    return new WebRequest("GET", url(url), List.of(headers), WebRequest.NOTHING, surface, limits());
  }

  /// Returns status and body of what was answered, or the rule that refused.
  static String told(WebOutcome outcome) throws IOException {
    return switch (outcome) {
      case WebOutcome.Refused(String rule, String _) -> rule;
      case WebOutcome.Answered(WebResponse response) -> {
        try (response) {
          ByteArrayOutputStream body = new ByteArrayOutputStream();
          response.body().transferTo(body);
          yield response.status() + " " + body.toString(StandardCharsets.UTF_8);
        }
      }
    };
  }

  public static <T> T good(Reading<T> reading) {
    return switch (reading) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Bad<T>(String rule, String reason) ->
          throw new AssertionError(rule + ": " + reason);
    };
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow(() -> new AssertionError(text));
  }

  private static SSLContext defaultTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
