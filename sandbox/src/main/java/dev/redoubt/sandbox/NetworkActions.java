// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.network.HostAndPort;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.network.RefusedConnectionException;
import dev.redoubt.sandbox.network.Surface;
import dev.redoubt.sandbox.network.WebClient;
import dev.redoubt.sandbox.network.WebLimits;
import dev.redoubt.sandbox.network.WebOutcome;
import dev.redoubt.sandbox.network.WebRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Performs what connects: from this machine, to judged public addresses only.
final class NetworkActions {

  private static final Duration CONNECTING = Duration.ofSeconds(30);

  private final Dialer dialer;
  private final Surface surface;

  NetworkActions(Dialer dialer, NetworkRules rules) {
    this.dialer = requireNonNull(dialer, "dialer");
    this.surface = new Surface.Open(rules);
  }

  Outcome connect(Action.Connect connect) {
    boolean bare = connect.host().indexOf(':') >= 0 && !connect.host().startsWith("[");
    String at = (bare ? "[%s]:%d" : "%s:%d").formatted(connect.host(), connect.port());
    return switch (HostAndPort.read(at)) {
      case Reading.Bad<HostAndPort>(String _, String reason) ->
          new Outcome.RefusedByWall(reason, "");
      case Reading.Good<HostAndPort>(HostAndPort target) -> {
        try {
          yield new Outcome.Connected(dialer.dial(target, surface, CONNECTING));
        } catch (RefusedConnectionException e) {
          yield new Outcome.RefusedByWall(String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
          yield new Outcome.Failed("%s: %s".formatted(at, e.getMessage()));
        }
      }
    };
  }

  Outcome fetch(Action.Fetch fetch) {
    return switch (StrictUrl.read(fetch.url())) {
      case Reading.Bad<StrictUrl>(String _, String reason) -> new Outcome.RefusedByWall(reason, "");
      case Reading.Good<StrictUrl>(StrictUrl url) -> {
        try {
          yield fetch(
              new WebRequest(
                  fetch.method(), url, List.of(), WebRequest.NOTHING, surface, WebLimits.PAGE));
        } catch (IOException e) {
          yield new Outcome.Failed("%s: %s".formatted(url.authority(), e.getMessage()));
        }
      }
    };
  }

  private Outcome fetch(WebRequest request) throws IOException {
    return switch (new WebClient(dialer).send(request)) {
      case WebOutcome.Answered(var response) -> new Outcome.Fetched(response);
      case WebOutcome.Refused(String _, String reason) -> new Outcome.RefusedByWall(reason, "");
    };
  }
}
