// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.staged;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.undo.UndoSettings;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.snapshots.StagedWrites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What the commands of this package have in common.
final class StagedOptions {

  private StagedOptions() {}

  /// Returns `spec` with the options every one of them has.
  static CommandSpec on(CommandSpec spec) {
    return spec.addOption(
            OptionSpec.builder("--workspace")
                .paramLabel("DIR")
                .type(String.class)
                .description("The workspace; else the nearest folder with staged writes, upwards.")
                .build())
        .addOption(
            OptionSpec.builder("--json").description("Write JSON instead of words.").build());
  }

  /// Returns the files and folders that are named.
  static PositionalParamSpec files() {
    return PositionalParamSpec.builder()
        .paramLabel("FILE")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("0..*")
        .description("Only these files and folders; else everything.")
        .build();
  }

  static List<Path> files(Call call) {
    List<String> named = call.arguments().matchedPositionalValue(0, List.of());
    List<Path> files = new ArrayList<>();
    for (String name : named) {
      files.add(call.resolve(name));
    }
    return files;
  }

  /// Returns the staged writes of the workspace that is meant.
  static StagedWrites staged(Call call) {
    if (call.path("--workspace").isPresent()) {
      return of(call, real(call.path("--workspace").get()));
    }
    Path current = real(call.world().folder());
    for (Path folder = current; folder.getParent() != null; folder = folder.getParent()) {
      StagedWrites staged = of(call, folder);
      if (Files.isDirectory(staged.area().upper())) {
        return staged;
      }
    }
    return of(call, current);
  }

  private static StagedWrites of(Call call, Path workspace) {
    return StagedWrites.of(
        call.globals().dataDir(), workspace, UndoSettings.of(call).limits(), call.world().clock());
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "the workspace \"%s\" cannot be read: %s".formatted(folder, RedoubtException.reason(e)),
          e);
    }
  }

  /// Returns what it means that the area cannot be used.
  static RedoubtException unusable(StagedWrites staged, IOException cause) {
    return new RedoubtException(
        ErrorCode.UNWRITABLE,
        "cannot use the staged writes in \"%s\": %s"
            .formatted(staged.area().folder(), RedoubtException.reason(cause)),
        cause);
  }
}
