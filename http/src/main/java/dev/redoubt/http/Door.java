// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides who gets in.
///
/// A page in a browser can make it send requests to an address of this machine, and can lead a name
/// of its own to it. So a request has to call the server by an address, by `localhost` or by a name
/// that was set, and when it comes from a page, the page has to come from here too. Who must bring
/// a token and does not is turned away before anything is read of what it carries.
final class Door {

  private static final int BAD = 400;
  private static final int NOBODY = 401;
  private static final int FORBIDDEN = 403;

  private final Tokens tokens;
  private final Set<String> names;

  Door(HttpSettings settings) {
    this.tokens = settings.tokens();
    this.names = settings.names();
  }

  /// What came of knocking.
  sealed interface Knock {

    /// Come in.
    record In(Optional<String> caller) implements Knock {}

    /// Stay out.
    record Out(HttpReply reply) implements Knock {}
  }

  /// @param headers with names in lower case
  Knock knock(Map<String, List<String>> headers) {
    List<String> hosts = headers.getOrDefault("host", List.of());
    if (hosts.size() != 1) {
      return out(BAD, "Bad Request", "a request names one host");
    }
    String host = Hosts.ofAuthority(hosts.getFirst()).toLowerCase(Locale.ROOT);
    if (!host.equals("localhost") && !names.contains(host) && !Hosts.isAddress(host)) {
      return out(FORBIDDEN, "Forbidden", "this server does not go by that name");
    }
    List<String> origins = headers.getOrDefault("origin", List.of());
    for (String origin : origins) {
      if (!isHere(origin, hosts.getFirst())) {
        return out(FORBIDDEN, "Forbidden", "pages of other origins are not answered");
      }
    }
    if (tokens.isEmpty()) {
      return new Knock.In(Optional.empty());
    }
    List<String> brought = headers.getOrDefault("authorization", List.of());
    Optional<String> caller =
        brought.size() == 1 ? tokens.owner(brought.getFirst()) : Optional.empty();
    return caller.isPresent()
        ? new Knock.In(caller)
        : new Knock.Out(
            HttpReply.problem(NOBODY, "Unauthorized", "bring a bearer token that is known here")
                .with("WWW-Authenticate", "Bearer"));
  }

  private static boolean isHere(String origin, String host) {
    return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
  }

  private static Knock out(int status, String title, String detail) {
    return new Knock.Out(HttpReply.problem(status, title, detail));
  }
}
