// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.ModelAnswer.Failure;
import dev.redoubt.document.Node;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// An error as a provider reports it.
///
/// @param status of HTTP; 200 when it came in the middle of an answer
/// @param code all that names its kind, in lower case: types, codes and states
/// @param message what it says, empty when it says nothing
/// @param retryAfter what its body asks to wait
record ProviderError(int status, String code, String message, Optional<Duration> retryAfter) {

  /// Returns what `document` reports, in whichever of the usual forms.
  static ProviderError of(int status, Node document) {
    Node root = document.items().isEmpty() ? document : document.items().getFirst();
    Node error = root.get("error").filter(it -> !(it instanceof Node.Nothing)).orElse(root);
    String message =
        error
            .scalar()
            .or(() -> error.text("message"))
            .or(() -> root.text("message"))
            .or(() -> root.text("detail"))
            .or(() -> root.text("error_msg"))
            .or(() -> root.items("detail").stream().findFirst().map(ProviderError::complaint))
            .orElse("");
    // A router says what the provider behind it said.
    String inner = error.get("metadata").flatMap(it -> it.text("raw")).orElse("");
    String all = inner.isEmpty() ? message : message + ": " + inner;
    StringBuilder code = new StringBuilder();
    for (String name : new String[] {"type", "code", "status", "reason"}) {
      error.scalar(name).ifPresent(value -> code.append(value).append(' '));
    }
    for (Node detail : error.items("details")) {
      detail.text("reason").ifPresent(value -> code.append(value).append(' '));
      for (Node violation : detail.items("violations")) {
        violation.text("quotaId").ifPresent(value -> code.append(value).append(' '));
      }
    }
    return new ProviderError(
        status(status, error),
        code.toString().toLowerCase(Locale.ROOT),
        all,
        RetryAfter.in(error, all));
  }

  /// A list of what is wrong with each field.
  private static String complaint(Node detail) {
    String where =
        detail.items("loc").stream()
            .map(part -> part.scalar().orElse(""))
            .reduce((left, right) -> left + "." + right)
            .orElse("");
    return (where + " " + detail.text("msg").orElse("")).strip();
  }

  /// An error in a stream says its status itself, as a number.
  private static int status(int status, Node error) {
    if (status / 100 != 2) {
      return status;
    }
    return Counts.at(error, "code")
        .or(() -> Counts.at(error, "status"))
        .filter(code -> code >= 400 && code < 600)
        .map(Math::toIntExact)
        .orElse(status);
  }

  /// Returns what kind of failure it is.
  Failure failure() {
    String said = message.toLowerCase(Locale.ROOT);
    if (isQuota(said)) {
      return Failure.QUOTA;
    }
    if (isTooLong(said)) {
      return Failure.TOO_LONG;
    }
    if (code.contains("overloaded") || code.contains("unavailable") || status == 529) {
      return Failure.OVERLOADED;
    }
    if (status == 429
        || code.contains("rate_limit")
        || code.contains("resource_exhausted")
        || code.contains("too_many_requests")) {
      return Failure.RATE_LIMIT;
    }
    if (status == 401
        || status == 403
        || code.contains("authentication")
        || code.contains("permission")
        || code.contains("unauthenticated")
        || code.contains("api_key_invalid")
        || code.contains("invalid_api_key")) {
      return Failure.CREDENTIALS;
    }
    if (status >= 500
        || status == 408
        || code.contains("server_error")
        || code.contains("api_error")
        || code.contains("internal")
        || code.contains("timeout")) {
      return Failure.OVERLOADED;
    }
    return status / 100 == 2 && !code.contains("invalid") ? Failure.OVERLOADED : Failure.REQUEST;
  }

  private boolean isQuota(String said) {
    return status == 402
        || code.contains("insufficient_quota")
        || code.contains("billing")
        || code.contains("credits")
        || code.contains("perday")
        || said.contains("credit balance")
        || said.contains("insufficient balance")
        || said.contains("insufficient credits")
        || said.contains("out of credits");
  }

  private boolean isTooLong(String said) {
    if (status == 413
        || code.contains("context_length_exceeded")
        || code.contains("exceed_context_size")
        || code.contains("request_too_large")) {
      return true;
    }
    boolean mayBe = status == 400 || status == 422 || status == 429 || status / 100 != 4;
    return mayBe
        && (said.contains("maximum context length")
            || said.contains("context length exceeded")
            || said.contains("context window")
            || said.contains("available context size")
            || said.contains("prompt is too long")
            || said.contains("input is too long")
            || said.contains("prompt too long")
            || said.contains("input token count")
            || said.contains("exceeds the maximum number of tokens")
            || said.contains("exceed context limit")
            || said.contains("request too large"));
  }
}
