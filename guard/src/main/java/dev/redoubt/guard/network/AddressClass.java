// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

/// What kind of machine answers at an address. Only [#PUBLIC] may be reached on a model's word.
public enum AddressClass {
  /// A machine of the internet.
  PUBLIC("public"),
  /// This machine, through the address of no machine.
  UNSPECIFIED("unspecified"),
  /// This machine.
  LOOPBACK("loopback"),
  /// This machine, through one of its own addresses.
  OWN("this machine's own"),
  /// The network around this machine.
  PRIVATE("private"),
  /// The network of the provider.
  SHARED("shared by a provider's customers"),
  /// The link this machine is on.
  LINK_LOCAL("link-local"),
  /// What a cloud tells its machines, credentials included.
  METADATA("a cloud's metadata service"),
  /// Many machines at once.
  MULTICAST("multicast"),
  /// For tests of speed: some proxies hand such addresses out for every name.
  BENCHMARK("for benchmarks"),
  /// No machine: documentation, discard, future use, protocols' own.
  RESERVED("reserved");

  private final String words;

  AddressClass(String words) {
    this.words = words;
  }

  /// Returns the class in words that follow "is".
  public String words() {
    return words;
  }

  /// Says whether an operator can open such an address by naming its host and port. Metadata,
  /// multicast and reserved addresses stay shut for everybody.
  public boolean opensToOperators() {
    return switch (this) {
      case PUBLIC, LOOPBACK, OWN, PRIVATE, SHARED, LINK_LOCAL, BENCHMARK -> true;
      case UNSPECIFIED, METADATA, MULTICAST, RESERVED -> false;
    };
  }
}
