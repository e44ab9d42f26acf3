// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Effect;

/// What of a rule says which effects it is about. Immutable; equal when it means the same.
sealed interface Matcher
    permits CommandMatcher,
        FileMatcher,
        NetMatcher,
        ToolMatcher,
        ServerMatcher,
        ModelMatcher,
        LoadMatcher {

  /// Returns whether the effect is meant. Never for an opaque effect.
  boolean matches(Effect effect, Scene scene, Certainty certainty);

  /// Returns whether it is certain that everything `other` matches is matched by this one, whatever
  /// the scene. May answer no when it is so.
  boolean covers(Matcher other);
}
