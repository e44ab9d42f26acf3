// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Names that lead inward wherever they are resolved, so nobody has to be asked about them.
final class InwardNames {

  /// Labels at the end of names that no public name service answers for, or answers with loopback:
  /// RFC 6761, RFC 6762, RFC 8375, the `internal` of ICANN, and what private networks use.
  private static final Set<String> ENDS =
      Set.of(
          "localdomain",
          "local",
          "internal",
          "intranet",
          "intra",
          "private",
          "corp",
          "home",
          "lan",
          "svc",
          "consul",
          "docker");

  /// Suffixes of more than one label, and names of metadata services that look public.
  private static final List<String> SUFFIXES =
      List.of(
          "home.arpa",
          "metadata.tencentyun.com",
          "metadata.cloud.ibm.com",
          "metadata.packet.net",
          "metadata.platformequinix.com");

  /// Public name services whose answer is spelled in the question, or always this machine.
  private static final List<String> ANSWERING =
      List.of(
          "nip.io",
          "sslip.io",
          "xip.io",
          "xip.name",
          "backname.io",
          "traefik.me",
          "localtest.me",
          "lvh.me",
          "vcap.me",
          "fuf.me",
          "lacolhost.com",
          "localho.st",
          "localhost.direct",
          "local.gd",
          "lcl.host",
          "local-ip.co",
          "localip.sh",
          "smackaho.st",
          "ulh.us",
          "127-0-0-1.org.uk",
          "ip.addr.tools",
          "rbndr.us",
          "1u.ms",
          "rebind.network");

  private InwardNames() {}

  /// Why a name leads inward.
  record Finding(String rule, String reason) {}

  /// Returns why `name`, in lower case, leads inward; empty for a name that may be public.
  static Optional<Finding> find(String name, AddressJudge judge) {
    int dot = name.lastIndexOf('.');
    if (name.substring(dot + 1).equals("localhost")) {
      return inner("means this machine");
    }
    if (dot < 0) {
      return inner("is a name without a dot, so a machine of the network around this one");
    }
    String end = name.substring(dot + 1);
    if (ENDS.contains(end)) {
      return inner("ends in ." + end + ", which no public name does");
    }
    for (String suffix : SUFFIXES) {
      if (isOrIsBelow(name, suffix)) {
        return inner("belongs to " + suffix + ", which leads inward");
      }
    }
    for (String service : ANSWERING) {
      if (isOrIsBelow(name, service)) {
        return Optional.of(
            new Finding(
                "net.embedding-name",
                "belongs to %s, which answers with what the name spells: name the address itself"
                    .formatted(service)));
      }
    }
    return spelled(name, judge);
  }

  /// Four labels that spell an inner address, before any domain at all.
  private static Optional<Finding> spelled(String name, AddressJudge judge) {
    String[] labels = name.split("\\.", -1);
    for (int i = 0; i + 4 < labels.length; i++) {
      Optional<IpAddress> address =
          IpAddress.parse(
              "%s.%s.%s.%s".formatted(labels[i], labels[i + 1], labels[i + 2], labels[i + 3]));
      if (address.isPresent() && !judge.judge(address.get()).isPublic()) {
        return Optional.of(
            new Finding(
                "net.embedding-name", "spells the inner address %s".formatted(address.get())));
      }
    }
    return Optional.empty();
  }

  private static boolean isOrIsBelow(String name, String suffix) {
    return name.endsWith(suffix)
        && (name.length() == suffix.length()
            || name.charAt(name.length() - suffix.length() - 1) == '.');
  }

  private static Optional<Finding> inner(String reason) {
    return Optional.of(new Finding("net.inner-name", reason));
  }
}
