// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.trust;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt trust revoke`: takes a yes back. A folder that is gone can be revoked too.
public final class TrustRevokeCommand implements Command {

  @Override
  public CommandSpec spec() {
    return TrustOptions.folder(TrustOptions.json(CommandSpec.create()));
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt trust revoke", "redoubt trust revoke ~/projects/app");
  }

  @Override
  public int run(Call call) {
    Path workspace = realOrWritten(TrustOptions.folder(call));
    boolean was = TrustFile.of(call.globals().dataDir(), workspace).delete();
    if (call.has("--json")) {
      CommandOutput.json(
          call,
          json -> {
            json.writeStringProperty("workspace", workspace.toString());
            json.writeBooleanProperty("revoked", was);
          });
    } else {
      call.world()
          .out()
          .println(
              CommandOutput.plain(workspace + (was ? ": trusted no longer" : ": was not trusted")));
    }
    return ExitCode.OK;
  }

  private static Path realOrWritten(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.toAbsolutePath().normalize();
    }
  }
}
