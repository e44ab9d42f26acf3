// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.undo;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.sandbox.snapshots.Undo;
import dev.redoubt.sandbox.snapshots.Undo.OnConflict;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What the commands of this package have in common.
final class UndoOptions {

  private UndoOptions() {}

  /// Returns a specification with the options every one of them has.
  static CommandSpec spec() {
    return CommandSpec.create()
        .addOption(
            value(
                "--workspace",
                "DIR",
                "The workspace; else the nearest folder with turns, upwards."))
        .addOption(
            OptionSpec.builder("--json").description("Write JSON instead of words.").build());
  }

  static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  static OptionSpec force() {
    return OptionSpec.builder("--force")
        .description("Also where a file was changed since; redo brings that back.")
        .build();
  }

  static OnConflict onConflict(Call call) {
    return call.has("--force") ? OnConflict.OVERWRITE : OnConflict.LEAVE;
  }

  /// Returns the number of a turn given by `option`.
  static OptionalInt turn(Call call, String option) {
    Optional<String> text = call.text(option);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (text.get().matches("[1-9][0-9]{0,8}")) {
      return OptionalInt.of(Integer.parseInt(text.get()));
    }
    throw new UsageException(
        "%s \"%s\" is no number of a turn; redoubt undo --list shows them"
            .formatted(option, text.get()));
  }

  /// Returns the turns of the workspace that is meant.
  static Undo undo(Call call) {
    Optional<Path> named = call.path("--workspace");
    if (named.isPresent()) {
      return of(call, named.get());
    }
    Path current = call.world().folder().toAbsolutePath();
    for (Path folder = current; folder.getParent() != null; folder = folder.getParent()) {
      Undo undo = of(call, folder);
      if (!undo.turns().isEmpty()) {
        return undo;
      }
    }
    return of(call, current);
  }

  private static Undo of(Call call, Path workspace) {
    return Undo.of(
        call.globals().dataDir(), workspace, UndoSettings.of(call).limits(), call.world().clock());
  }
}
