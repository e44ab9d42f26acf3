// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.commands.Analysis;
import java.util.List;

/// The decision on an action and how it came about.
///
/// @param decision the strictest of all
/// @param parts each effect with its own decision, in the order of the line
/// @param steps what was made of a command line, for people
public record Judgement(Decision decision, List<Part> parts, List<Analysis.Step> steps) {

  public Judgement {
    requireNonNull(decision, "decision");
    parts = List.copyOf(parts);
    steps = List.copyOf(steps);
  }

  /// Returns whether what was judged may write, as far as that can be told before it runs.
  public boolean mayWrite() {
    return parts.stream().anyMatch(part -> mayWrite(part.effect()));
  }

  private static boolean mayWrite(Effect effect) {
    return switch (effect) {
      case Effect.Command(var _, Effect.Nature nature, var _) -> nature != Effect.Nature.HARMLESS;
      case Effect.File(Effect.Access access, var _) ->
          access == Effect.Access.WRITE || access == Effect.Access.DELETE;
      case Effect.Connect _ -> false;
      case Effect.Opaque _,
          Effect.CallTool _,
          Effect.StartServer _,
          Effect.SendToModel _,
          Effect.LoadConfig _ ->
          true;
    };
  }

  /// One effect and what was decided about it.
  public record Part(Effect effect, Decision decision) {
    public Part {
      requireNonNull(effect, "effect");
      requireNonNull(decision, "decision");
    }
  }
}
