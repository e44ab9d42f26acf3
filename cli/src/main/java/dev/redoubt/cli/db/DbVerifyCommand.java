// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.advisory.database.AdvisoryFile;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.model.RedoubtException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt db verify`: reads every compiled file from end to end and checks its SHA-256.
///
/// Ends with 1 when one is damaged.
public final class DbVerifyCommand implements Command {

  @Override
  public CommandSpec spec() {
    return DbOutput.withFormat(CommandSpec.create());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt db verify", "redoubt db verify --json");
  }

  @Override
  public int run(Call call) {
    boolean json = DbOutput.isJson(call);
    DbFiles database = DbFiles.open(call.globals().dataDir());
    List<String> damaged = new ArrayList<>(database.damaged());
    for (AdvisoryFile file : database.files()) {
      try {
        file.verify();
      } catch (RedoubtException e) {
        damaged.add(e.getMessage());
      }
    }
    try {
      database.enrichment().verify();
    } catch (RedoubtException e) {
      damaged.add(e.getMessage());
    }
    int checked = database.files().size() + database.damaged().size();
    if (json) {
      CommandOutput.json(
          call,
          out -> {
            out.writeStringProperty("path", database.folder().toString());
            out.writeNumberProperty("checked", checked);
            DbJson.texts(out, "damaged", damaged);
          });
    } else {
      damaged.forEach(message -> CommandOutput.line(call, "%s", message));
      CommandOutput.line(call, "checked %,d ecosystems, damaged %,d", checked, damaged.size());
    }
    return damaged.isEmpty() ? ExitCode.OK : ExitCode.NO;
  }
}
