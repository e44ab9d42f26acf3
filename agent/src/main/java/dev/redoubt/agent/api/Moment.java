// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A point of a session at which hooks are asked.
public enum Moment {
  /// Work on a session begins, for the first time or again.
  SESSION_START,
  /// It ends.
  SESSION_END,
  /// A model is about to be asked.
  PRE_MODEL,
  /// It answered; nothing of it was done yet.
  POST_MODEL,
  /// A tool is about to be used, or one action of it about to be judged.
  PRE_TOOL,
  /// It was used; the model does not know yet what came of it.
  POST_TOOL,
  /// The model calls its work finished, and every check agrees.
  TURN_END,
  /// The guard asks a question.
  ON_ASK;

  /// Returns it as a configuration writes it, in the manner of `pre_tool`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns the moment a configuration calls `word`.
  public static Optional<Moment> of(String word) {
    return Arrays.stream(values()).filter(moment -> moment.word().equals(word)).findFirst();
  }
}
