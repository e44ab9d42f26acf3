// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import java.util.List;

/// Which targets may be reached without a question, and which never. Deny wins, in any order.
///
/// @param allowed matches count only when they are sure
/// @param denied matches count already when they are possible
public record NetworkRules(List<NetworkMatcher> allowed, List<NetworkMatcher> denied) {

  /// Says nothing about any target.
  public static final NetworkRules NONE = new NetworkRules(List.of(), List.of());

  public NetworkRules {
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
  }

  /// What the rules say about a target.
  public enum Answer {
    ALLOWED,
    DENIED,
    /// No rule means it.
    SILENT
  }

  /// Returns what the rules say about `target`.
  public Answer answer(Target target) {
    for (NetworkMatcher matcher : denied) {
      if (matcher.possiblyMatches(target)) {
        return Answer.DENIED;
      }
    }
    for (NetworkMatcher matcher : allowed) {
      if (matcher.surelyMatches(target)) {
        return Answer.ALLOWED;
      }
    }
    return Answer.SILENT;
  }
}
