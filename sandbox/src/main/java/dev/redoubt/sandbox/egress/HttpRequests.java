// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.HostAndPort;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.Scheme;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.sandbox.egress.HeadLines.Unreadable;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Serves the requests of one connection, one after the other, each judged by itself.
///
/// Anything that two readers could take for different requests is refused, and the connection ends
/// with it: two lengths, a length beside an encoding, folded lines, white space before a colon, a
/// host that is not the one of the address, line ends that are not CR LF, a line that asks for
/// another method or address.
final class HttpRequests {

  private static final int PLAIN_PORT_OF_TLS = 443;

  /* Frameworks that see one of these do something else than the first line says. */
  private static final List<String> OVERRIDES =
      List.of(
          "x-http-method-override",
          "x-http-method",
          "x-method-override",
          "x-original-url",
          "x-rewrite-url",
          "x_http_method_override",
          "x_original_url");

  private final Visit visit;
  private final Wire client;
  private final Optional<Origin> origin;

  /// @param origin the server that is spoken to inside a tunnel; empty for requests to the proxy,
  ///   which name their server
  HttpRequests(Visit visit, Wire client, Optional<Origin> origin) {
    this.visit = visit;
    this.client = client;
    this.origin = origin;
  }

  /// The one server a tunnel leads to, and how it is spoken to.
  record Origin(Scheme scheme, HostAndPort at) {}

  /// Serves until the program goes, something is refused, or a tunnel was asked for and ended.
  void serve() throws IOException, InterruptedException {
    boolean more = true;
    while (more) {
      if (client.peek() < 0) {
        return;
      }
      visit.within(visit.house().terms().limits().patience());
      more = next();
      visit.whileMoving();
    }
  }

  private boolean next() throws IOException, InterruptedException {
    RequestHead head;
    try {
      head = RequestHead.read(client, visit.house().terms().limits().headerBytes());
    } catch (Unreadable e) {
      RefusedRequest refused =
          e.isTooLarge()
              ? new RefusedRequest(
                  RefusedRequest.TOO_LARGE,
                  new EgressRefusal("net.http-malformed", e.reason(), List.of()))
              : RefusedRequest.malformed(e.reason());
      return sent(Answers.of(refused, true));
    }
    if (origin.isEmpty() && !admitted(head)) {
      return sent(Answers.unknown());
    }
    try {
      if (head.method().equals("CONNECT")) {
        connect(head);
        return false;
      }
      return new HttpExchange(visit, client, head, url(head)).run();
    } catch (RefusedRequest refused) {
      return sent(Answers.of(refused, !head.method().equals("HEAD")));
    }
  }

  private boolean admitted(RequestHead head) {
    try {
      return visit.house().pass().admits(head.header().only("proxy-authorization"));
    } catch (Unreadable e) {
      return false;
    }
  }

  private void connect(RequestHead head) throws RefusedRequest, IOException, InterruptedException {
    if (origin.isPresent()) {
      throw RefusedRequest.forbidden("net.nested-tunnel", "a tunnel inside a tunnel is not opened");
    }
    boolean bodiless =
        head.framing() instanceof Framing.Nothing || head.framing().equals(new Framing.Length(0));
    if (!bodiless) {
      throw RefusedRequest.malformed("CONNECT has no body");
    }
    HostAndPort at =
        switch (HostAndPort.read(head.target())) {
          case Reading.Good<HostAndPort>(HostAndPort good) -> good;
          case Reading.Bad<HostAndPort>(String rule, String reason) ->
              throw visit
                  .house()
                  .warden()
                  .refuse(
                      new Action.Fetch("CONNECT", Shown.of(head.target())),
                      RefusedRequest.forbidden(rule, reason));
        };
    requireHost(head, at);
    new Tunnel(visit, client).serve(at, () -> client.write(Answers.CONNECTED));
  }

  private StrictUrl url(RequestHead head) throws RefusedRequest {
    StrictUrl url = read(head);
    requireHost(head, url);
    if (url.scheme() == Scheme.HTTP && url.port() == PLAIN_PORT_OF_TLS) {
      throw refused(head, "net.not-tls", "the port of https is not spoken to without TLS");
    }
    if (head.header().has("upgrade") && !onlyUpgradesToHttp2(head)) {
      throw refused(head, "net.upgrade", "the proxy does not change to another protocol");
    }
    if (OVERRIDES.stream().anyMatch(head.header()::has)) {
      throw refused(
          head,
          "net.override",
          "a line of the header asks for another method or address than the one that is judged");
    }
    return url;
  }

  private StrictUrl read(RequestHead head) throws RefusedRequest {
    String target = head.target();
    Reading<StrictUrl> reading;
    if (origin.isPresent()) {
      if (!target.startsWith("/")) {
        throw RefusedRequest.malformed("the target of a request starts with a slash");
      }
      Origin server = origin.get();
      reading = StrictUrl.read(server.scheme().text() + "://" + server.at().text() + target);
    } else {
      if (target.startsWith("/") || target.equals("*")) {
        throw RefusedRequest.malformed(
            "this is a proxy: a request names its server, as in http://host/path");
      }
      reading = StrictUrl.read(target, EnumSet.of(Scheme.HTTP));
    }
    return switch (reading) {
      case Reading.Good<StrictUrl>(StrictUrl url) -> url;
      case Reading.Bad<StrictUrl>(String rule, String reason) -> throw refused(head, rule, reason);
    };
  }

  /* Servers choose by the Host line what they serve, so it has to say what was judged. */
  private void requireHost(RequestHead head, StrictUrl url) throws RefusedRequest {
    String host = host(head);
    if (host == null) {
      if (head.isOld()) {
        return;
      }
      throw RefusedRequest.malformed("there is no Host line");
    }
    boolean same =
        host.indexOf('/') < 0
            && host.indexOf('?') < 0
            && host.indexOf('#') < 0
            && StrictUrl.read(url.scheme().text() + "://" + host + "/")
                instanceof Reading.Good<StrictUrl>(StrictUrl named)
            && named.sameOrigin(url);
    if (!same) {
      throw mismatch(head, url.authority());
    }
  }

  /* Programs differ in what they write there: nothing, the host, the host and the port. */
  private void requireHost(RequestHead head, HostAndPort at) throws RefusedRequest {
    String host = host(head);
    boolean same =
        host == null
            || HostAndPort.read(host).equals(new Reading.Good<>(at))
            || Host.read(host).equals(new Reading.Good<>(at.host()));
    if (!same) {
      throw mismatch(head, at.text());
    }
  }

  private static @Nullable String host(RequestHead head) throws RefusedRequest {
    try {
      return head.header().only("host");
    } catch (Unreadable e) {
      throw RefusedRequest.malformed(e.reason());
    }
  }

  private RefusedRequest mismatch(RequestHead head, String authority) {
    return refused(
        head,
        "net.host-mismatch",
        "the Host line names another server than %s".formatted(authority));
  }

  private RefusedRequest refused(RequestHead head, String rule, String reason) {
    Action action = new Action.Fetch(head.method(), Shown.of(head.target()));
    return visit.house().warden().refuse(action, RefusedRequest.forbidden(rule, reason));
  }

  private static boolean onlyUpgradesToHttp2(RequestHead head) {
    // Leaving the line out is what the standard lets a server do that does not want to.
    return head.header().listed("upgrade").equals(List.of("h2c"));
  }

  /// Sends an answer after which the connection ends; reads a little of what is still coming, since
  /// closing at once could take the answer away from the program.
  private boolean sent(byte[] answer) throws IOException {
    client.write(answer);
    client.linger(visit);
    return false;
  }
}
