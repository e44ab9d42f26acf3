// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What a person says while a turn runs. The model hears it before its next answer. Safe to share.
public final class Steering {

  private final Queue<String> words = new ConcurrentLinkedQueue<>();

  /// Says `text`.
  public void say(String text) {
    words.add(text);
  }

  Optional<String> next() {
    return Optional.ofNullable(words.poll());
  }

  /// Takes back what no turn has heard, in order.
  public List<String> unheard() {
    List<String> rest = new ArrayList<>();
    for (String said = words.poll(); said != null; said = words.poll()) {
      rest.add(said);
    }
    return rest;
  }

  boolean isSilent() {
    return words.isEmpty();
  }
}
