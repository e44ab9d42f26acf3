// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// A model that was chosen for a session.
///
/// @param provider who answers, as rules and people call it
/// @param residency where the provider keeps data, in the manner of `eu`; `unknown` when not said
/// @param name as the provider knows it
/// @param model what answers
/// @param sizes how much fits
/// @param price empty when nobody knows it
public record ModelChoice(
    String provider,
    String residency,
    String name,
    Model model,
    Sizes sizes,
    Optional<Price> price) {

  public ModelChoice {
    requireNonNull(provider, "provider");
    requireNonNull(residency, "residency");
    requireNonNull(name, "name");
    requireNonNull(model, "model");
    requireNonNull(sizes, "sizes");
    requireNonNull(price, "price");
  }

  /// How many tokens fit.
  ///
  /// @param context into a request with its answer
  /// @param output into an answer
  public record Sizes(int context, int output) {
    /// What is taken for granted of a model nobody knows.
    public static final Sizes UNKNOWN = new Sizes(128_000, 8_192);

    public Sizes {
      if (context < 1 || output < 1) {
        throw new IllegalArgumentException("something has to fit into a model");
      }
    }
  }
}
