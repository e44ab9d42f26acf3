// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static java.util.Objects.requireNonNull;

/// A machine as a target names it. Only the strict readers of this package make names.
public sealed interface Host {

  /// Returns the host as it stands in a URL: lower case, an IPv6 address in brackets.
  String text();

  /// Returns what `text` names: a name, an address, or an IPv6 address in brackets.
  ///
  /// Names are ASCII letters, digits, hyphens and underscores in labels of 1 to 63, 253 at most,
  /// the last of which starts with a letter; punycode is taken as it is, never decoded. A final
  /// dot, a percent sign, a zone and every spelling of an address but the canonical one are
  /// refused.
  static Reading<Host> read(String text) {
    try {
      return new Reading.Good<>(HostReader.read(text));
    } catch (Refusal e) {
      return e.reading();
    }
  }

  /// A name, in lower case without a final dot.
  record Name(String text) implements Host {
    public Name {
      requireNonNull(text, "text");
      try {
        if (!HostReader.name(text).equals(text)) {
          throw new IllegalArgumentException("\"%s\" is not in lower case".formatted(text));
        }
      } catch (Refusal e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }

  /// An address.
  record Address(IpAddress address) implements Host {
    public Address {
      requireNonNull(address, "address");
    }

    @Override
    public String text() {
      return address.isV4() ? address.toString() : "[" + address + "]";
    }
  }
}
