// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.network.StrictUrl;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a web server answered. Whoever asked closes it, which ends the connection.
///
/// @param status as HTTP numbers it
/// @param url where it came from, after redirects
/// @param headers by name in lower case, in the order they came
/// @param body bounded by the limits of the request: reading past them is an [IOException]
public record WebResponse(
    int status, StrictUrl url, Map<String, List<String>> headers, InputStream body)
    implements AutoCloseable {

  public WebResponse {
    requireNonNull(url, "url");
    headers = Map.copyOf(headers);
    requireNonNull(body, "body");
  }

  /// Returns the values of the header `name`.
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /// Returns the first value of the header `name`.
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /// Reads what little is left of a body whose end was already understood, for at most a moment, so
  /// that its connection may carry another request. To be called before [#close] by whoever read
  /// enough; the body cannot be read any more.
  public void finish() throws IOException {
    if (body instanceof BoundedBody bounded) {
      bounded.finish();
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
