// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.document.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Something in which a provider differs from the wire format it speaks. Some are known before, the
/// others are learnt when a request is refused because of them.
public enum Quirk {
  /// Refuses `stream_options`.
  NO_STREAM_OPTIONS("stream_options"),
  /// Wants `max_completion_tokens` and refuses `max_tokens`.
  COMPLETION_TOKENS("max_tokens"),
  /// Refuses a limit for the tokens of an answer under any name.
  NO_OUTPUT_LIMIT("max_completion_tokens"),
  /// Refuses the reasoning it gave.
  NO_REASONING_BACK("reasoning_content"),
  /// Refuses to be told how much to think.
  NO_EFFORT("reasoning"),
  /// Takes only ids of calls of nine letters and digits.
  SHORT_CALL_IDS("");

  private static final List<String> UNKNOWN =
      List.of(
          "unsupported",
          "not support",
          "unrecognized",
          "unrecognised",
          "unknown",
          "unexpected",
          "extra",
          "not permitted",
          "not allowed");

  private final String name;

  Quirk(String name) {
    this.name = name;
  }

  /// Returns the quirk that `error` shows: one whose field the body has, and of which the provider
  /// says that it does not know it.
  ///
  /// @param known what was taken into account already
  static Optional<Quirk> behind(ProviderError error, Node.Obj body, Set<Quirk> known) {
    if (error.status() != 400 && error.status() != 422) {
      return Optional.empty();
    }
    String said = (error.message() + " " + error.code()).toLowerCase(Locale.ROOT);
    if (UNKNOWN.stream().noneMatch(said::contains)) {
      return Optional.empty();
    }
    for (Quirk quirk : values()) {
      if (!known.contains(quirk) && quirk.isIn(body) && said.contains(quirk.name)) {
        return Optional.of(quirk);
      }
    }
    return Optional.empty();
  }

  private boolean isIn(Node.Obj body) {
    return switch (this) {
      case NO_STREAM_OPTIONS, COMPLETION_TOKENS, NO_OUTPUT_LIMIT -> body.get(name).isPresent();
      case NO_EFFORT -> body.get("reasoning_effort").isPresent();
      case NO_REASONING_BACK ->
          body.items("messages").stream().anyMatch(it -> it.get("reasoning_content").isPresent());
      case SHORT_CALL_IDS -> false;
    };
  }
}
