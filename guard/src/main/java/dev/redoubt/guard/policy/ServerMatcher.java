// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Effect;
import java.util.List;

/// Servers that are started and stay, by name.
record ServerMatcher(List<TextPattern> servers) implements Matcher {

  ServerMatcher {
    servers = List.copyOf(servers);
  }

  @Override
  public boolean matches(Effect effect, Scene scene, Certainty certainty) {
    return effect instanceof Effect.StartServer(String name)
        && Alternatives.match(servers, name, certainty);
  }

  @Override
  public boolean covers(Matcher other) {
    return other instanceof ServerMatcher(List<TextPattern> theirs)
        && Alternatives.cover(servers, theirs, TextPattern::covers);
  }
}
