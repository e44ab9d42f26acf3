// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.programs.ReachManual.Style;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Programs that connect: `curl`, `wget`, `rsync`, `nc`, `dig`.
///
/// Sources: the manual pages of the same names; nc(1) of OpenBSD and ncat(1) of Nmap on `-e` and
/// `-c`, socat(1) on its addresses, the manual of HTTPie on `@file`.
final class NetworkShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "aria2c",
          "curl",
          "dig",
          "drill",
          "fping",
          "ftp",
          "host",
          "http",
          "https",
          "kdig",
          "lftp",
          "links",
          "lynx",
          "mtr",
          "nc",
          "nc.openbsd",
          "nc.traditional",
          "ncat",
          "netcat",
          "nmap",
          "nslookup",
          "openssl",
          "ping",
          "ping6",
          "rsync",
          "scp",
          "sftp",
          "socat",
          "telnet",
          "tftp",
          "tracepath",
          "traceroute",
          "w3m",
          "websocat",
          "wget",
          "wget2",
          "whois",
          "xh",
          "xhs");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "curl" -> new CurlManual();
      case "wget" -> new WgetManual();
      case "rsync" -> new RsyncManual();
      case "openssl" -> VerbManual.of("openssl", BuildShelf.noGlobals(), NetworkShelf::openssl);
      case "nc", "ncat", "netcat", "nc.openbsd", "nc.traditional" ->
          new ReachManual(
              Set.of("nc", "ncat", "netcat", "nc.openbsd", "nc.traditional"), Style.HOST_PORT, 80);
      case "telnet", "tftp" -> new ReachManual(Set.of("telnet", "tftp"), Style.HOST_PORT, 23);
      case "socat" -> new ReachManual(Set.of("socat"), Style.SOCAT, 80);
      case "scp", "sftp" -> new ReachManual(Set.of("scp", "sftp"), Style.COPIES, 22);
      case "ftp", "lftp" -> new ReachManual(Set.of("ftp", "lftp"), Style.URLS, 21);
      case "http", "https", "xh", "xhs", "aria2c", "wget2", "lynx", "links", "w3m", "websocat" ->
          new ReachManual(
              Set.of(
                  "http",
                  "https",
                  "xh",
                  "xhs",
                  "aria2c",
                  "wget2",
                  "lynx",
                  "links",
                  "w3m",
                  "websocat"),
              Style.URLS,
              80);
      case "dig", "drill", "host", "kdig", "nslookup", "whois" ->
          new ReachManual(
              Set.of("dig", "drill", "host", "kdig", "nslookup", "whois"), Style.HOSTS, 53);
      case "ping", "ping6", "fping", "mtr", "nmap", "traceroute", "tracepath" ->
          new ReachManual(
              Set.of("ping", "ping6", "fping", "mtr", "nmap", "traceroute", "tracepath"),
              Style.HOSTS,
              7);
      default -> null;
    };
  }

  private static @Nullable Table openssl(String verb) {
    return switch (verb) {
      case "version" -> Table.harmless("shows the version").words().flags("-a -v -d").build();
      case "dgst" ->
          Table.harmless("computes a checksum")
              .words()
              .flags("-sha256 -sha512 -sha1 -sha384 -md5 -r -hex -c")
              .values(Meaning.WRITES, "-out")
              .values(Meaning.CHANGES, "-sign -engine -provider -provider-path -hmac -mac")
              .operands(Operands.READ)
              .build();
      case "rand" ->
          Table.harmless("makes random numbers")
              .words()
              .flags("-hex -base64")
              .values(Meaning.WRITES, "-out")
              .values(Meaning.CHANGES, "-engine -provider -provider-path -rand -writerand")
              .build();
      case "x509" ->
          Table.harmless("shows a certificate")
              .words()
              .flags("-noout -text -subject -issuer -dates -serial -fingerprint -enddate -pubkey")
              .flags("-startdate -purpose -modulus -sha256 -sha1")
              .values("-inform -outform -nameopt -certopt -ext -checkend")
              .values(Meaning.READS, "-in")
              .values(Meaning.WRITES, "-out")
              .values(Meaning.CHANGES, "-engine -provider -provider-path -signkey -CA -req")
              .build();
      default -> null;
    };
  }
}
