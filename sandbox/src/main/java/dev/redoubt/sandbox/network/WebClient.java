// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.network.OperatorTarget;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.Scheme;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.guard.network.Target;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks web servers, for everybody: tools, MCP, models, webhooks and advisories.
///
/// The URL that was judged is the one that is dialled and sent. A redirect is read, judged and
/// dialled as if it were asked for, at most five times, never from https to http, and without the
/// secret headers once it leaves the origin. Nothing is remembered between two requests: no
/// cookies, no credentials, and no connections unless it is [#keeping] them. There is no proxy.
///
/// [#send] blocks. An interrupt of the waiting thread, or closing the response from another thread,
/// ends it with an [IOException]. Safe to share.
public final class WebClient {

  private static final int MAX_REDIRECTS = 5;

  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Dialer dialer;
  private final @Nullable KeptConnections kept;

  public WebClient(Dialer dialer) {
    this(dialer, null);
  }

  private WebClient(Dialer dialer, @Nullable KeptConnections kept) {
    this.dialer = requireNonNull(dialer, "dialer");
    this.kept = kept;
  }

  /// Returns the same for requests that may be sent twice without harm: a connection to what an
  /// operator named carries several of them, one after the other.
  ///
  /// It was dialled and judged like any other, and carries only requests to the same origin with
  /// the very same headers, keys included. It is closed after a minute without a request, after ten
  /// minutes in any case, and when anything comes that nobody asked for. When a kept connection
  /// ends before the first byte of an answer, the request is sent once more on a new one.
  public WebClient keeping() {
    return keeping(IDLE);
  }

  /// For tests: another time without a request.
  WebClient keeping(Duration idle) {
    return new WebClient(dialer, new KeptConnections(idle));
  }

  /// Returns a client with this machine's name service, network cards and trusted certificates.
  ///
  /// @throws SocketException if the network cards cannot be listed
  public static WebClient create() throws SocketException {
    return new WebClient(Dialer.create());
  }

  /// Returns what came of `request`.
  ///
  /// @throws IOException if there was no answer, none in time, or none within the limits
  public WebOutcome send(WebRequest request) throws IOException {
    try {
      return follow(request);
    } catch (RefusedConnectionException e) {
      return new WebOutcome.Refused(e.rule(), String.valueOf(e.getMessage()));
    }
  }

  private WebOutcome follow(WebRequest request) throws IOException {
    long start = System.nanoTime();
    StrictUrl url = request.url();
    List<WebHeader> headers = request.headers();
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      Duration spent = Duration.ofNanos(System.nanoTime() - start);
      WebResponse response = exchange(request, url, headers, spent);
      List<String> locations = response.headers("location");
      boolean leads = isRedirect(response.status()) && locations.size() == 1;
      if (!leads || !request.followsRedirects()) {
        return new WebOutcome.Answered(response);
      }
      response.close();
      switch (url.resolve(locations.getFirst())) {
        case Reading.Bad<StrictUrl>(String rule, String reason) -> {
          return new WebOutcome.Refused(rule, "%s redirects: %s".formatted(url, reason));
        }
        case Reading.Good<StrictUrl>(StrictUrl next) -> {
          WebOutcome.Refused refused = refused(request, url, next);
          if (refused != null) {
            return refused;
          }
          headers = next.sameOrigin(url) ? headers : withoutSecrets(headers);
          url = next;
        }
      }
    }
    return new WebOutcome.Refused(
        "net.redirects", "%s redirects more than %d times".formatted(request.url(), MAX_REDIRECTS));
  }

  private WebResponse exchange(
      WebRequest request, StrictUrl url, List<WebHeader> headers, Duration spent)
      throws IOException {
    Deadline deadline = Deadline.after(request.limits().total(), spent);
    Try first = new Try(request, url, headers, deadline);
    HttpWire before = first.kept();
    if (before != null) {
      long received = before.received();
      try {
        return first.on(before);
      } catch (SocketTimeoutException e) {
        throw first.failed(before, e);
      } catch (IOException e) {
        boolean silent = before.received() == received;
        if (!silent || Thread.currentThread().isInterrupted() || deadline.left().isZero()) {
          throw first.failed(before, e);
        }
        before.close();
      }
    }
    HttpWire wire = null;
    try {
      Socket socket = dialer.dial(Target.of(request.method(), url), request.surface(), deadline);
      wire = new HttpWire(socket, deadline.guarded(), request.limits().headerBytes());
      return first.on(wire);
    } catch (RefusedConnectionException e) {
      deadline.close();
      throw e;
    } catch (IOException e) {
      throw first.failed(wire, e);
    } catch (RuntimeException e) {
      end(wire, deadline);
      throw e;
    }
  }

  /// One request on its way.
  private final class Try {

    private final WebRequest request;
    private final StrictUrl url;
    private final List<WebHeader> headers;
    private final Deadline deadline;
    private final KeptConnections.@Nullable Use use;

    Try(WebRequest request, StrictUrl url, List<WebHeader> headers, Deadline deadline) {
      this.request = request;
      this.url = url;
      this.headers = headers;
      this.deadline = deadline;
      boolean keeps = kept != null && request.surface() instanceof Surface.Operator;
      this.use = keeps ? KeptConnections.Use.of(request, url) : null;
    }

    @Nullable HttpWire kept() throws IOException {
      HttpWire wire = kept == null || use == null ? null : kept.take(use);
      if (wire != null) {
        deadline.closes(wire.channel());
      }
      return wire;
    }

    WebResponse on(HttpWire wire) throws IOException {
      KeptConnections all = kept;
      KeptConnections.Use own = use;
      return new Http1(
              wire,
              deadline,
              request.limits(),
              all == null || own == null ? null : again -> all.put(own, again))
          .exchange(request, url, headers);
    }

    IOException failed(@Nullable HttpWire wire, IOException e) throws IOException {
      end(wire, deadline);
      return deadline.explain(
          e instanceof SocketTimeoutException
              ? new IOException("%s did not answer in time".formatted(url.authority()), e)
              : e);
    }
  }

  private static void end(@Nullable HttpWire wire, Deadline deadline) throws IOException {
    deadline.close();
    if (wire != null) {
      wire.close();
    }
  }

  private static WebOutcome.@Nullable Refused refused(
      WebRequest request, StrictUrl from, StrictUrl to) {
    if (from.scheme() == Scheme.HTTPS && to.scheme() != Scheme.HTTPS) {
      return new WebOutcome.Refused(
          "net.redirect-plain", "%s redirects to plain http at %s".formatted(from, to.authority()));
    }
    boolean allowed =
        switch (request.surface()) {
          case Surface.Operator(OperatorTarget named) -> named.names(to);
          case Surface.Named(OperatorTarget named) -> named.names(to);
          case Surface.Open(NetworkRules rules) ->
              switch (rules.answer(Target.of(request.method(), to))) {
                case ALLOWED -> true;
                case DENIED -> false;
                case SILENT -> isSameServer(request.url(), to);
              };
        };
    return allowed
        ? null
        : new WebOutcome.Refused(
            "net.redirect-elsewhere",
            "%s redirects to another place, %s, which nobody allowed".formatted(from, to));
  }

  /// The same host on the same port, or on the port of https instead of the one of http.
  private static boolean isSameServer(StrictUrl asked, StrictUrl to) {
    boolean upgraded =
        asked.scheme() == Scheme.HTTP
            && to.scheme() == Scheme.HTTPS
            && asked.port() == Scheme.HTTP.defaultPort()
            && to.port() == Scheme.HTTPS.defaultPort();
    return asked.host().equals(to.host()) && (asked.port() == to.port() || upgraded);
  }

  private static List<WebHeader> withoutSecrets(List<WebHeader> headers) {
    return headers.stream().filter(header -> header.kind() != WebHeader.Kind.SECRET).toList();
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }
}
