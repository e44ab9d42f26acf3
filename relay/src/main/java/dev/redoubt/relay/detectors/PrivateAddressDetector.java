// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.network.AddressClass;
import dev.redoubt.guard.network.AddressJudge;
import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.network.NetworkJudge;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.Target;
import dev.redoubt.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Notices arguments that lead a server to this machine or into the network around it.
///
/// The metadata service of a cloud is critical, and so is an inner address in a spelling that only
/// some readers understand. Nothing is resolved.
final class PrivateAddressDetector implements Detector {

  private static final int LONGEST = 2_048;
  private static final Set<String> NAMES =
      Set.of(
          "host",
          "hostname",
          "endpoint",
          "address",
          "server",
          "domain",
          "ip",
          "target",
          "url",
          "uri");
  private static final Set<String> METADATA =
      Set.of(
          "metadata.google.internal",
          "metadata",
          "metadata.goog",
          "instance-data",
          "instance-data.ec2.internal");
  private static final AddressJudge ADDRESSES = new AddressJudge(Set.of());
  private static final NetworkJudge NETWORK = new NetworkJudge(NameResolver.NONE);

  @Override
  public String id() {
    return "mcp.private-address";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public List<Alert> look(Matter matter) {
    if (matter.place() != Place.ARGUMENT) {
      return List.of();
    }
    List<Alert> alerts = new ArrayList<>();
    for (Piece piece : matter.pieces()) {
      target(piece).flatMap(target -> alert(piece, target)).ifPresent(alerts::add);
    }
    return alerts;
  }

  /* What stands there as a whole: a link inside a sentence sends nobody anywhere. */
  private static Optional<String> target(Piece piece) {
    String text = piece.text().strip();
    if (text.isEmpty() || text.length() > LONGEST || text.indexOf(' ') >= 0) {
      return Optional.empty();
    }
    String name = piece.name().toLowerCase(Locale.ROOT);
    boolean named =
        NAMES.contains(name)
            || name.endsWith("url")
            || name.endsWith("host")
            || name.endsWith("uri");
    return text.contains("://") || named ? Optional.of(text) : Optional.empty();
  }

  private Optional<Alert> alert(Piece piece, String text) {
    String decoded = Escapes.decoded(text);
    String host = host(decoded);
    Optional<IpAddress> loose = InetAton.read(host);
    Optional<IpAddress> strict = IpAddress.parse(host);
    if (METADATA.contains(host)) {
      return say(piece, Severity.CRITICAL, "the metadata service of a cloud");
    }
    Optional<IpAddress> address = strict.isPresent() ? strict : loose;
    if (address.isPresent()) {
      AddressClass kind = ADDRESSES.judge(address.get()).kind();
      if (kind == AddressClass.PUBLIC) {
        return strict.isPresent()
            ? Optional.empty()
            : say(piece, Severity.MEDIUM, "an address in an unusual spelling");
      }
      if (kind == AddressClass.METADATA) {
        return say(piece, Severity.CRITICAL, "the metadata service of a cloud");
      }
      return strict.isPresent()
          ? say(piece, Severity.HIGH, "an address that is " + kind.words())
          : say(piece, Severity.CRITICAL, "an inner address in a spelling that hides it");
    }
    return switch (Target.of(new Effect.Connect("", text))) {
      case Reading.Bad<Target> _ -> Optional.empty();
      case Reading.Good<Target>(Target target) ->
          target.host() instanceof Host.Name
                  && NETWORK.judge(target, List.of()) instanceof Decision.Deny
              ? say(piece, Severity.HIGH, "a name that leads inward")
              : Optional.empty();
    };
  }

  private Optional<Alert> say(Piece piece, Severity severity, String what) {
    return Optional.of(new Alert(id(), severity, piece.path(), "names " + what));
  }

  /// Returns the host of `text` in lower case, as lenient readers find it.
  static String host(String text) {
    int from = text.indexOf("://");
    from = from < 0 ? 0 : from + 3;
    while (from < text.length() && (text.charAt(from) == '/' || text.charAt(from) == '\\')) {
      from++;
    }
    int end = from;
    while (end < text.length() && "/?#\\".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = text.substring(from, end);
    authority = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    if (authority.startsWith("[")) {
      int close = authority.indexOf(']');
      return authority.substring(1, close < 0 ? authority.length() : close);
    }
    int colon = authority.indexOf(':');
    String host =
        colon < 0 || colon != authority.lastIndexOf(':')
            ? authority
            : authority.substring(0, colon);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
