// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Effect;
import dev.redoubt.guard.network.HostPattern;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.Target;
import java.util.List;

/// Connections: at least one of the matchers has to mean the target.
///
/// What cannot be read strictly is never sure and always possible.
record NetMatcher(List<NetworkMatcher> targets) implements Matcher {

  NetMatcher {
    targets = List.copyOf(targets);
  }

  @Override
  public boolean matches(Effect effect, Scene scene, Certainty certainty) {
    return effect instanceof Effect.Connect connect && matches(connect, certainty);
  }

  private boolean matches(Effect.Connect connect, Certainty certainty) {
    return switch (Target.of(connect)) {
      case Reading.Bad<Target> _ -> certainty == Certainty.POSSIBLE;
      case Reading.Good<Target>(Target target) -> matches(target, certainty);
    };
  }

  private boolean matches(Target target, Certainty certainty) {
    for (NetworkMatcher matcher : targets) {
      boolean matched =
          switch (certainty) {
            case SURE -> matcher.surelyMatches(target);
            case POSSIBLE -> matcher.possiblyMatches(target);
          };
      if (matched) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether a matcher that surely means `connect` names its host or the domain above it.
  boolean names(Effect.Connect connect) {
    for (NetworkMatcher matcher : targets) {
      boolean named = !(matcher.hosts() instanceof HostPattern.Any);
      if (named && new NetMatcher(List.of(matcher)).matches(connect, Certainty.SURE)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean covers(Matcher other) {
    return other instanceof NetMatcher(List<NetworkMatcher> theirs)
        && Alternatives.cover(targets, theirs, NetMatcher::covers);
  }

  private static boolean covers(NetworkMatcher wide, NetworkMatcher narrow) {
    return wide.hosts().covers(narrow.hosts())
        && (wide.port() == 0 || wide.port() == narrow.port())
        && (wide.methods().isEmpty()
            || (!narrow.methods().isEmpty() && wide.methods().containsAll(narrow.methods())))
        && (wide.path().isEmpty() || wide.path().equals(narrow.path()));
  }
}
