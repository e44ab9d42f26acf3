// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

/// Answers requests that cannot be read. What the library says of them may quote them, so it is not
/// passed on.
final class ProblemAnswers implements DirectHandler {

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    headers.set(HeaderNames.CONTENT_TYPE, Problems.TYPE);
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(false)
        .entity(
            Problems.text(status.code(), status.reasonPhrase(), "the request could not be read"))
        .build();
  }
}
