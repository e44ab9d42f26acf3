// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.redoubt.guard.network.Target;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Puts credentials where their placeholders stand, for the servers they are bound to. One for each
/// request.
///
/// Not into lines of a header that many servers send back, `Origin`, `X-Request-Id` or
/// `Idempotency-Key`, where the program would read the value, nor into a request that asks for
/// itself.
final class Credentials {

  /* Servers answer with the same line, or with one that repeats it. */
  private static final Set<String> SENT_BACK =
      Set.of(
          "access-control-request-headers",
          "access-control-request-method",
          "baggage",
          "correlation-id",
          "idempotency-key",
          "origin",
          "referer",
          "request-id",
          "sec-websocket-key",
          "sec-websocket-protocol",
          "traceparent",
          "tracestate",
          "user-agent",
          "x-correlation-id",
          "x-idempotency-key",
          "x-request-id");

  /* A shorter value stands in other text by chance. */
  private static final int SHORTEST_HIDDEN = 6;

  private final List<CredentialBinding> bindings;
  private final Map<String, String> sent = new HashMap<>();

  Credentials(List<CredentialBinding> bindings) {
    this.bindings = bindings;
  }

  /// Returns `lines` of a request to `target` with what is bound to it put in, also inside the user
  /// and password of `Basic`.
  List<Header.Line> put(List<Header.Line> lines, Target target) throws RefusedRequest {
    if (target.method().equals("TRACE") || target.method().equals("TRACK")) {
      return lines;
    }
    List<Header.Line> put = lines;
    for (CredentialBinding binding : bindings) {
      if (binding.where().surelyMatches(target)) {
        put = put(put, binding);
      }
    }
    return put;
  }

  /// Returns `line` of the answer with the placeholder where it would tell a value that was sent.
  Header.Line hidden(Header.Line line) {
    String value = line.value();
    for (Map.Entry<String, String> each : sent.entrySet()) {
      if (each.getKey().length() >= SHORTEST_HIDDEN) {
        value = value.replace(each.getKey(), each.getValue());
      }
    }
    return new Header.Line(line.name(), value);
  }

  private static boolean carries(Header.Line line) {
    return !SENT_BACK.contains(line.name().toLowerCase(Locale.ROOT));
  }

  private List<Header.Line> put(List<Header.Line> lines, CredentialBinding binding)
      throws RefusedRequest {
    List<Header.Line> put = new ArrayList<>(lines.size());
    for (Header.Line line : lines) {
      put.add(
          carries(line) && line.value().contains(binding.placeholder())
              ? new Header.Line(
                  line.name(), line.value().replace(binding.placeholder(), value(binding)))
              : basic(line, binding));
    }
    return put;
  }

  private Header.Line basic(Header.Line line, CredentialBinding binding) throws RefusedRequest {
    if (!line.is("authorization") || !line.value().regionMatches(true, 0, "Basic ", 0, 6)) {
      return line;
    }
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(line.value().substring(6).trim()), ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return line;
    }
    if (!pair.contains(binding.placeholder())) {
      return line;
    }
    byte[] put = pair.replace(binding.placeholder(), value(binding)).getBytes(ISO_8859_1);
    String encoded = Base64.getEncoder().encodeToString(put);
    sent.put(encoded, binding.placeholder());
    return new Header.Line(line.name(), "Basic " + encoded);
  }

  private String value(CredentialBinding binding) throws RefusedRequest {
    String value;
    try {
      value = binding.value().get();
    } catch (RuntimeException e) {
      throw unusable(binding, "could not be read");
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        throw unusable(binding, "has a character that cannot stand in a header");
      }
    }
    sent.put(value, binding.placeholder());
    return value;
  }

  private static RefusedRequest unusable(CredentialBinding binding, String why) {
    return RefusedRequest.upstream(
        RefusedRequest.UPSTREAM,
        "net.credential",
        "the credential behind %s %s".formatted(binding.placeholder(), why));
  }
}
