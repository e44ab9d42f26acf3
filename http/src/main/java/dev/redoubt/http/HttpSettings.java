// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Where to listen, and to whom.
///
/// @param address where; anything but loopback needs tokens
/// @param tokens who gets in; everybody who can reach it when there are none
/// @param names what the server may be called in requests besides `localhost` and addresses
/// @param limits how much may be asked for
public record HttpSettings(
    ListenAddress address, Tokens tokens, Set<String> names, HttpLimits limits) {

  public HttpSettings {
    requireNonNull(address, "address");
    requireNonNull(tokens, "tokens");
    requireNonNull(limits, "limits");
    names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    if (!address.isLoopback() && tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "%s can be reached from other machines: that needs a token".formatted(address.host()));
    }
  }

  /// Returns settings with the usual limits and no names.
  public static HttpSettings of(ListenAddress address, Tokens tokens) {
    return new HttpSettings(address, tokens, Set.of(), HttpLimits.USUAL);
  }
}
