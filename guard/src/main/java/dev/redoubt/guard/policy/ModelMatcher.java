// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Effect;
import java.util.List;

/// Models by whose they are and where data is kept; an empty list agrees to everything.
record ModelMatcher(List<TextPattern> providers, List<TextPattern> residencies) implements Matcher {

  ModelMatcher {
    providers = List.copyOf(providers);
    residencies = List.copyOf(residencies);
  }

  @Override
  public boolean matches(Effect effect, Scene scene, Certainty certainty) {
    return effect instanceof Effect.SendToModel(String provider, String residency)
        && Alternatives.match(providers, provider, certainty)
        && Alternatives.match(residencies, residency, certainty);
  }

  @Override
  public boolean covers(Matcher other) {
    return other instanceof ModelMatcher(List<TextPattern> theirs, List<TextPattern> places)
        && Alternatives.cover(providers, theirs, TextPattern::covers)
        && Alternatives.cover(residencies, places, TextPattern::covers);
  }
}
