// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.Optional;

/// What came of asking a hook.
public sealed interface HookAnswer {

  /// It answered.
  ///
  /// @param reason why, in words for a model; may be empty
  /// @param arguments what the call is to have instead
  /// @param context what the model is told besides; nothing when empty
  record Said(Ruling ruling, String reason, Optional<Node.Obj> arguments, String context)
      implements HookAnswer {

    /// It has nothing to say.
    public static final Said NOTHING = new Said(Ruling.NONE, "", Optional.empty(), "");

    public Said {
      requireNonNull(ruling, "ruling");
      requireNonNull(reason, "reason");
      requireNonNull(arguments, "arguments");
      requireNonNull(context, "context");
    }
  }

  /// It was not asked, did not answer, or nobody understands what it said.
  record Failed(String why) implements HookAnswer {
    public Failed {
      requireNonNull(why, "why");
    }
  }

  /// What a hook decides.
  enum Ruling {
    /// Nothing.
    NONE,
    /// It answers the guard's question with yes.
    ALLOW,
    /// It may not go on.
    DENY
  }
}
