// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Analyses lines in the workspace `/w` and says which of their effects need a person.
final class Lines {

  static final Situation SITUATION =
      new Situation("/w", Situation.Trust.TRUSTED, Situation.Wall.NONE, "/home/u");

  private Lines() {}

  static Analysis analysis(String line) {
    return LineAnalysis.of(
        new Action.Run(
            new Program.Line(Program.Shell.BASH, line),
            Path.of("/w"),
            Map.of(),
            Action.Input.NOTHING),
        SITUATION);
  }

  static List<Effect> effects(String line) {
    return analysis(line).effects();
  }

  /// Returns the effects that ordinary reading, writing and building in the workspace do not have.
  static List<Effect> alarming(String line) {
    return effects(line).stream().filter(effect -> !isOrdinary(effect)).toList();
  }

  static boolean isOrdinary(Effect effect) {
    return switch (effect) {
      case Effect.Command(_, Nature nature, _) ->
          nature == Nature.HARMLESS || nature == Nature.FILES_ONLY || nature == Nature.BUILD;
      case Effect.File(Access access, var place) -> isOrdinary(access, place.path());
      case Effect.Opaque _,
          Effect.Connect _,
          Effect.CallTool _,
          Effect.StartServer _,
          Effect.SendToModel _,
          Effect.LoadConfig _ ->
          false;
    };
  }

  private static boolean isOrdinary(Access access, String path) {
    String normal = Folders.normal(path);
    return normal.equals("/dev/null")
        || normal.startsWith("/w/")
        || (normal.equals("/w") && access != Access.DELETE);
  }

  static List<String> rules(String line) {
    return effects(line).stream()
        .filter(Effect.Opaque.class::isInstance)
        .map(effect -> ((Effect.Opaque) effect).rule())
        .distinct()
        .toList();
  }
}
