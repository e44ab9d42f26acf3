// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions.Network;
import dev.redoubt.cli.UsageException;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.network.WebClient;
import dev.redoubt.sandbox.network.WebHeader;
import java.net.SocketException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What an operator says about a collector of OpenTelemetry: where it is and what it wants to see.
final class OtlpOptions {

  static final String ENDPOINT = "--otlp-endpoint";

  /* The names and forms of https://opentelemetry.io/docs/specs/otel/protocol/exporter/: headers are
   * key=value, separated by commas, the values with percent escapes. */
  static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

  private OtlpOptions() {}

  /// Returns the collector that `call` names.
  ///
  /// @throws UsageException if there is none at that address, or this run may not connect
  static OtlpEndpoint endpoint(Call call) {
    if (call.globals().network() == Network.OFF) {
      throw new UsageException("%s and --offline contradict each other".formatted(ENDPOINT));
    }
    StrictUrl url = url(call.text(ENDPOINT).orElse(""));
    OtlpEndpoint.Time time =
        new OtlpEndpoint.Time(
            call.world().clock(),
            duration -> {
              boolean _ = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
            });
    try {
      return new OtlpEndpoint(
          url, headers(call.world().variable(HEADERS, "")), time, WebClient.create());
    } catch (SocketException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "cannot list the network cards: " + e.getMessage(), e);
    }
  }

  /* A collector is named by its root; its logs go below it. */
  private static StrictUrl url(String text) {
    return switch (StrictUrl.read(text)) {
      case Reading.Bad<StrictUrl>(String _, String reason) ->
          throw new UsageException("%s: %s".formatted(ENDPOINT, reason));
      case Reading.Good<StrictUrl>(StrictUrl url) when url.query() != null ->
          throw new UsageException("%s \"%s\" has a query".formatted(ENDPOINT, text));
      case Reading.Good<StrictUrl>(StrictUrl url) ->
          url.path().equals("/")
              ? new StrictUrl(url.scheme(), url.host(), url.port(), "/v1/logs", null)
              : url;
    };
  }

  static List<WebHeader> headers(String variable) {
    List<WebHeader> headers = new ArrayList<>();
    int number = 0;
    for (String pair : variable.split(",", -1)) {
      if (pair.isBlank()) {
        continue;
      }
      number++;
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw malformed(number, "there is no key=value");
      }
      switch (WebHeader.read(
          pair.substring(0, equals).strip(),
          decoded(pair.substring(equals + 1).strip(), number),
          WebHeader.Kind.SECRET)) {
        case Reading.Good<WebHeader>(WebHeader header) -> headers.add(header);
        case Reading.Bad<WebHeader>(String _, String reason) -> throw malformed(number, reason);
      }
    }
    return headers;
  }

  private static String decoded(String value, int number) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed(number, "a percent escape is not one");
    }
  }

  /* The value may be a password, so it is never quoted. */
  private static UsageException malformed(int number, String reason) {
    return new UsageException("%s, header %d: %s".formatted(HEADERS, number, reason));
  }
}
