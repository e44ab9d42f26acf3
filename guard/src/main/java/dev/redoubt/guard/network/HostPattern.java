// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static java.util.Objects.requireNonNull;

/// Which hosts a rule means: one, the subdomains of one, or all.
///
/// `docs.example` is that name alone; `*.docs.example` is every name below it and not itself; `*`
/// is every host. A star stands nowhere else, so `evildocs.example` and `docs.example.evil` never
/// match. Case does not count. Immutable.
public sealed interface HostPattern {

  /// Returns the pattern `text` spells, or why it spells none.
  static Reading<HostPattern> parse(String text) {
    if (text.equals("*")) {
      return new Reading.Good<>(new Any());
    }
    boolean below = text.startsWith("*.");
    return switch (Host.read(below ? text.substring(2) : text)) {
      case Reading.Bad<Host>(String rule, String reason) -> new Reading.Bad<>(rule, reason);
      case Reading.Good<Host>(Host host) when !below -> new Reading.Good<>(new Exactly(host));
      case Reading.Good<Host>(Host.Name name) -> new Reading.Good<>(new Below(name));
      case Reading.Good<Host>(Host.Address _) ->
          new Reading.Bad<>(
              "net.malformed", "\"%s\" puts a star before an address".formatted(text));
    };
  }

  /// Says whether `host` is meant.
  default boolean matches(Host host) {
    return switch (this) {
      case Any _ -> true;
      case Exactly(Host only) -> only.equals(host);
      case Below(Host.Name parent) ->
          host instanceof Host.Name(String name) && name.endsWith("." + parent.text());
    };
  }

  /// Says whether every host that `other` means is meant by this one too.
  default boolean covers(HostPattern other) {
    return switch (other) {
      case Any _ -> this instanceof Any;
      case Exactly(Host only) -> matches(only);
      case Below(Host.Name parent) ->
          this instanceof Any
              || (this instanceof Below(Host.Name mine)
                  && (mine.equals(parent) || matches(parent)));
    };
  }

  /// Returns the pattern as it is written.
  String text();

  /// Every host.
  record Any() implements HostPattern {
    @Override
    public String text() {
      return "*";
    }
  }

  /// One host.
  record Exactly(Host host) implements HostPattern {
    public Exactly {
      requireNonNull(host, "host");
    }

    @Override
    public String text() {
      return host.text();
    }
  }

  /// Every name below `parent`, not `parent` itself, no address.
  record Below(Host.Name parent) implements HostPattern {
    public Below {
      requireNonNull(parent, "parent");
    }

    @Override
    public String text() {
      return "*." + parent.text();
    }
  }
}
