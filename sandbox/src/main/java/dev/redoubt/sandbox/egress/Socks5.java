// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.HostAndPort;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.Reading;
import java.io.IOException;

/// Serves one connection in SOCKS version 5 (RFC 1928) with user and password (RFC 1929) where a
/// token is needed. Only CONNECT: nothing is bound, and there is no way out for datagrams.
final class Socks5 {

  static final int VERSION = 5;

  private static final int NO_METHOD = 0xFF;
  private static final int PASSWORD_METHOD = 2;
  private static final int CONNECT = 1;
  private static final int V4 = 1;
  private static final int NAME = 3;
  private static final int V6 = 4;

  private static final int GRANTED = 0;
  private static final int FAILED = 1;
  private static final int NOT_ALLOWED = 2;
  private static final int UNREACHABLE = 4;
  private static final int TOO_LATE = 6;
  private static final int UNKNOWN_COMMAND = 7;
  private static final int UNKNOWN_ADDRESS = 8;

  private final Visit visit;
  private final Wire client;

  Socks5(Visit visit, Wire client) {
    this.visit = visit;
    this.client = client;
  }

  void serve() throws IOException, InterruptedException {
    if (!greeted()) {
      return;
    }
    byte[] request = client.take(4);
    if (request[0] != VERSION || request[2] != 0) {
      reply(FAILED);
      return;
    }
    int kind = request[3];
    if (kind != V4 && kind != NAME && kind != V6) {
      reply(UNKNOWN_ADDRESS);
      return;
    }
    Asked asked = asked(kind);
    if (request[1] != CONNECT) {
      refuse(
          asked,
          "net.socks-command",
          "the proxy opens connections to servers and does nothing else");
      reply(UNKNOWN_COMMAND);
      return;
    }
    switch (asked.host()) {
      case Reading.Good<Host>(Host host) when asked.port() != 0 ->
          tunnel(new HostAndPort(host, asked.port()));
      case Reading.Good<Host> _ -> reply(NOT_ALLOWED);
      case Reading.Bad<Host>(String rule, String reason) -> {
        refuse(asked, rule, reason);
        reply(NOT_ALLOWED);
      }
    }
  }

  /// What a program asked for.
  ///
  /// @param shown the host for a log
  private record Asked(Reading<Host> host, String shown, int port) {}

  private boolean greeted() throws IOException {
    byte[] greeting = client.take(2);
    byte[] methods = client.take(greeting[1] & 0xFF);
    int method = NO_METHOD;
    for (byte each : methods) {
      if (each == PASSWORD_METHOD || (each == 0 && visit.house().pass().isOpen())) {
        method = each;
      }
    }
    client.write(new byte[] {VERSION, (byte) method});
    return method == 0 || (method == PASSWORD_METHOD && isKnown());
  }

  private boolean isKnown() throws IOException {
    byte[] start = client.take(2);
    byte[] user = client.take(start[1] & 0xFF);
    byte[] password = client.take(client.take(1)[0] & 0xFF);
    boolean known = start[0] == 1 && visit.house().pass().admits(user, password);
    client.write(new byte[] {1, (byte) (known ? 0 : 1)});
    return known;
  }

  private Asked asked(int kind) throws IOException {
    Reading<Host> host;
    String shown;
    if (kind == NAME) {
      String name = new String(client.take(client.take(1)[0] & 0xFF), ISO_8859_1);
      // An IPv6 address in a name has no brackets here, so colons make it none.
      host = Host.read(name);
      shown = Shown.of(name);
    } else {
      Host.Address address = new Host.Address(IpAddress.of(client.take(kind == V4 ? 4 : 16)));
      host = new Reading.Good<>(address);
      shown = address.address().toString();
    }
    byte[] port = client.take(2);
    return new Asked(host, shown, (port[0] & 0xFF) << 8 | (port[1] & 0xFF));
  }

  private void tunnel(HostAndPort at) throws IOException, InterruptedException {
    try {
      new Tunnel(visit, client).serve(at, () -> reply(GRANTED));
    } catch (RefusedRequest e) {
      reply(
          switch (e.status()) {
            case RefusedRequest.FORBIDDEN -> NOT_ALLOWED;
            case RefusedRequest.TOO_LATE -> TOO_LATE;
            case RefusedRequest.UPSTREAM -> UNREACHABLE;
            default -> FAILED;
          });
    }
  }

  private void refuse(Asked asked, String rule, String reason) {
    RefusedRequest _ =
        visit
            .house()
            .warden()
            .refuse(
                new Action.Connect("tcp", asked.shown(), Math.max(1, asked.port())),
                RefusedRequest.forbidden(rule, reason));
  }

  private void reply(int code) throws IOException {
    client.write(new byte[] {VERSION, (byte) code, 0, V4, 0, 0, 0, 0, 0, 0});
    if (code != GRANTED) {
      client.linger(visit);
    }
  }
}
