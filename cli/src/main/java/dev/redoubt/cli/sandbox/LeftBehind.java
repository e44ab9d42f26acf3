// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.masks.Unfinished;
import dev.redoubt.sandbox.wall.Undone;
import java.io.IOException;
import java.nio.file.Path;

/// What commands had written in protected places whose Redoubt was killed.
public final class LeftBehind {

  private LeftBehind() {}

  /// Takes it away before anything else is done in `workspace`, and says so.
  ///
  /// @param workspace its real path
  /// @throws RedoubtException NO_SANDBOX if that cannot be done
  public static void finish(Call call, Path workspace) {
    try {
      Undone undone =
          Unfinished.finish(
              workspace,
              call.world().home().toAbsolutePath(),
              call.globals().dataDir().toAbsolutePath());
      if (!undone.isNothing()) {
        CommandOutput.note(call, "redoubt: of a command that was killed: %s", undone.said());
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.NO_SANDBOX,
          "what a command left in \"%s\" when it was killed cannot be taken away: %s"
              .formatted(workspace, RedoubtException.reason(e)),
          e);
    }
  }
}
