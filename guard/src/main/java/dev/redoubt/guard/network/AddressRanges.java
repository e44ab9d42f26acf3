// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static dev.redoubt.guard.network.AddressClass.BENCHMARK;
import static dev.redoubt.guard.network.AddressClass.LINK_LOCAL;
import static dev.redoubt.guard.network.AddressClass.LOOPBACK;
import static dev.redoubt.guard.network.AddressClass.METADATA;
import static dev.redoubt.guard.network.AddressClass.MULTICAST;
import static dev.redoubt.guard.network.AddressClass.PRIVATE;
import static dev.redoubt.guard.network.AddressClass.PUBLIC;
import static dev.redoubt.guard.network.AddressClass.RESERVED;
import static dev.redoubt.guard.network.AddressClass.SHARED;
import static dev.redoubt.guard.network.AddressClass.UNSPECIFIED;

import java.util.List;

/// The ranges that are not public, each with its source; the first that contains an address counts.
///
/// From the IANA special-purpose registries
/// (https://www.iana.org/assignments/iana-ipv4-special-registry and
/// https://www.iana.org/assignments/iana-ipv6-special-registry) and the documentation of the
/// clouds. Addresses that carry another one are taken apart by [AddressJudge] before this table is
/// asked.
final class AddressRanges {

  private static final List<Range> V4 =
      List.of(
          range("169.254.169.254/32", METADATA, "AWS, Google, Azure, Oracle and others"),
          range("169.254.170.2/32", METADATA, "AWS container credentials"),
          range("169.254.170.23/32", METADATA, "AWS pod identity"),
          range("169.254.169.253/32", METADATA, "AWS resolver"),
          range("169.254.169.123/32", METADATA, "AWS clock"),
          range("169.254.42.42/32", METADATA, "Scaleway"),
          range("169.254.0.23/32", METADATA, "Tencent"),
          range("100.100.100.200/32", METADATA, "Alibaba"),
          range("168.63.129.16/32", METADATA, "Azure host"),
          range("192.0.0.192/32", METADATA, "Oracle, first generation"),
          range("0.0.0.0/8", UNSPECIFIED, "RFC 791, RFC 1122 3.2.1.3"),
          range("10.0.0.0/8", PRIVATE, "RFC 1918"),
          range("100.64.0.0/10", SHARED, "RFC 6598"),
          range("127.0.0.0/8", LOOPBACK, "RFC 1122 3.2.1.3"),
          range("169.254.0.0/16", LINK_LOCAL, "RFC 3927"),
          range("172.16.0.0/12", PRIVATE, "RFC 1918"),
          range("192.0.0.0/24", RESERVED, "RFC 6890, protocol assignments"),
          range("192.0.2.0/24", RESERVED, "RFC 5737, TEST-NET-1"),
          range("192.88.99.0/24", RESERVED, "RFC 7526, former relays of 6to4"),
          range("192.168.0.0/16", PRIVATE, "RFC 1918"),
          range("198.18.0.0/15", BENCHMARK, "RFC 2544"),
          range("198.51.100.0/24", RESERVED, "RFC 5737, TEST-NET-2"),
          range("203.0.113.0/24", RESERVED, "RFC 5737, TEST-NET-3"),
          range("224.0.0.0/4", MULTICAST, "RFC 5771"),
          range("255.255.255.255/32", RESERVED, "RFC 919, broadcast"),
          range("240.0.0.0/4", RESERVED, "RFC 1112 4, future use"),
          range("0.0.0.0/0", PUBLIC, "RFC 791"));

  private static final List<Range> V6 =
      List.of(
          range("fd00:ec2::254/128", METADATA, "AWS"),
          range("fd00:ec2::23/128", METADATA, "AWS pod identity"),
          range("fd00:ec2::253/128", METADATA, "AWS resolver"),
          range("fd20:ce::254/128", METADATA, "Google"),
          range("fd00:c1::a9fe:a9fe/128", METADATA, "Oracle"),
          range("fd00:42::42/128", METADATA, "Scaleway"),
          range("fe80::a9fe:a9fe/128", METADATA, "OpenStack"),
          range("::/128", UNSPECIFIED, "RFC 4291 2.5.2"),
          range("::1/128", LOOPBACK, "RFC 4291 2.5.3"),
          range("64:ff9b:1::/48", RESERVED, "RFC 8215, translation inside one network"),
          range("100::/64", RESERVED, "RFC 6666, discard"),
          range("100:0:0:1::/64", RESERVED, "RFC 9780, dummy"),
          range("2001:db8::/32", RESERVED, "RFC 3849, documentation"),
          range("2001:2::/48", BENCHMARK, "RFC 5180"),
          range("2001::/23", RESERVED, "RFC 2928, protocol assignments"),
          range("3fff::/20", RESERVED, "RFC 9637, documentation"),
          range("5f00::/16", RESERVED, "RFC 9602, segment routing"),
          range("fc00::/7", PRIVATE, "RFC 4193, unique local"),
          range("fe80::/10", LINK_LOCAL, "RFC 4291 2.5.6"),
          range("fec0::/10", PRIVATE, "RFC 3879, former site-local"),
          range("ff00::/8", MULTICAST, "RFC 4291 2.7"),
          range("2000::/3", PUBLIC, "RFC 4291 2.4"),
          range("::/0", RESERVED, "RFC 4291 2.4, not assigned"));

  private AddressRanges() {}

  /// Returns the first range that contains `address`.
  static Range of(IpAddress address) {
    for (Range range : address.isV4() ? V4 : V6) {
      if (address.startsWith(range.network(), range.bits())) {
        return range;
      }
    }
    throw new IllegalStateException("the last range contains every address");
  }

  private static Range range(String prefix, AddressClass kind, String source) {
    int slash = prefix.indexOf('/');
    return new Range(
        IpAddress.parse(prefix.substring(0, slash)).orElseThrow(),
        Integer.parseInt(prefix.substring(slash + 1)),
        kind,
        source);
  }

  /// The addresses that start with the first `bits` bits of `network`.
  record Range(IpAddress network, int bits, AddressClass kind, String source) {}
}
