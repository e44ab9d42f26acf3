// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.Set;

/// Something that is to be written down.
///
/// @param kind what happened: 1 to 64 of `a-z 0-9 . -`, starting with a letter, and none of the
///   kinds the log writes by itself
/// @param actor who or what did it, at most 200 characters
/// @param payload the facts; secrets in it are masked before it is written
public record Event(String kind, String actor, Node.Obj payload) {

  private static final Set<String> OWN = Set.of("start", "checkpoint", "key", "recovery", "clock");

  public Event {
    requireNonNull(payload, "payload");
    if (!isKind(kind) || OWN.contains(kind)) {
      throw new IllegalArgumentException("\"%s\" is no kind of event".formatted(kind));
    }
    if (actor.length() > 200) {
      throw new IllegalArgumentException("an actor has at most 200 characters");
    }
  }

  static boolean isKind(String kind) {
    if (kind.isEmpty() || kind.length() > 64 || kind.charAt(0) < 'a' || kind.charAt(0) > 'z') {
      return false;
    }
    for (int i = 0; i < kind.length(); i++) {
      char c = kind.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
