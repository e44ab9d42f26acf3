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
  NO_STREAM_OPTIONS("stream_options", "stream_options"),
  /// Wants `max_completion_tokens` and refuses `max_tokens`.
  COMPLETION_TOKENS("max_tokens", "max_tokens"),
  /// Refuses a limit for the tokens of an answer under any name.
  NO_OUTPUT_LIMIT("max_completion_tokens", "max_completion_tokens"),
  /// Refuses the reasoning it gave.
  NO_REASONING_BACK("messages", "reasoning_content"),
  /// Does not encrypt reasoning.
  NO_SEALED_REASONING("include", "encrypted"),
  /// Does not show a summary of its reasoning.
  NO_SUMMARY("reasoning", "summar"),
  /// Wants to be told how many tokens to think instead of how hard.
  BUDGET_OF_THOUGHT("", ""),
  /// Refuses to be told how much to think.
  NO_EFFORT("", ""),
  /// Wants a signature on every call, those of other models included.
  SIGNED_CALLS("contents", "thought_signature"),
  /// Takes only ids of calls of nine letters and digits.
  SHORT_CALL_IDS("", ""),
  /// Keeps what it cached by a key that comes with the request.
  CACHE_KEY("", ""),
  /// Refuses such a key.
  NO_CACHE_KEY("prompt_cache_key", "prompt_cache_key");

  private static final List<String> REFUSALS =
      List.of(
          "unsupported",
          "not support",
          "unrecognized",
          "unrecognised",
          "unknown",
          "unexpected",
          "extra",
          "not permitted",
          "not allowed",
          "must be verified",
          "missing");

  private final String field;
  private final String word;

  /// @param field of the body that the quirk is about
  /// @param word in what is said when it is refused
  Quirk(String field, String word) {
    this.field = field;
    this.word = word;
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
    if (REFUSALS.stream().noneMatch(said::contains)) {
      return Optional.empty();
    }
    for (Quirk quirk : values()) {
      if (!known.contains(quirk) && quirk.isShown(said, body)) {
        return Optional.of(quirk);
      }
    }
    return Optional.empty();
  }

  /// Returns whether a request to a provider with `quirks` carries a key for its cache.
  static boolean wantsCacheKey(Set<Quirk> quirks) {
    return quirks.contains(CACHE_KEY) && !quirks.contains(NO_CACHE_KEY);
  }

  private boolean isShown(String said, Node.Obj body) {
    return switch (this) {
      case NO_STREAM_OPTIONS,
          COMPLETION_TOKENS,
          NO_OUTPUT_LIMIT,
          NO_REASONING_BACK,
          NO_SEALED_REASONING,
          NO_SUMMARY,
          SIGNED_CALLS,
          NO_CACHE_KEY ->
          body.get(field).isPresent() && said.contains(word);
      case BUDGET_OF_THOUGHT ->
          (body.get("output_config").flatMap(it -> it.get("effort")).isPresent()
                  && (said.contains("adaptive")
                      || said.contains("effort")
                      || said.contains("output_config")))
              || (thinkingConfig(body).flatMap(it -> it.get("thinkingLevel")).isPresent()
                  && said.replace(" ", "").replace("_", "").contains("thinkinglevel"));
      case NO_EFFORT ->
          ((body.get("reasoning_effort").isPresent() || body.get("reasoning").isPresent())
                  && said.contains("reasoning"))
              || ((body.get("thinking").isPresent() || thinkingConfig(body).isPresent())
                  && said.contains("thinking"));
      case SHORT_CALL_IDS, CACHE_KEY -> false;
    };
  }

  private static Optional<Node> thinkingConfig(Node.Obj body) {
    return body.get("generationConfig").flatMap(it -> it.get("thinkingConfig"));
  }
}
