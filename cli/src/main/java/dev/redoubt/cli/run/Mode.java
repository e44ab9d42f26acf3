// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.Tool.Access;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import java.util.List;
import java.util.Locale;

/// What an agent may use. A tool that a mode does not have does not exist for the model, whatever
/// it calls; what remains goes through the guard as always.
public enum Mode {
  /// Everything.
  CODE,
  /// Looks and thinks, to say what it would do.
  PLAN,
  /// Looks and thinks, to say what is wrong.
  REVIEW,
  /// Only talks.
  CHAT;

  /// Returns the mode of `--mode`; `code` when it was not given.
  ///
  /// @throws UsageException if there is no such mode
  public static Mode of(Call call) {
    String name = call.text("--mode").orElse("code");
    for (Mode mode : values()) {
      if (mode.text().equals(name)) {
        return mode;
      }
    }
    throw new UsageException("--mode \"%s\" is not code, plan, review or chat".formatted(name));
  }

  /// Returns its name.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns those of `tools` that it has.
  List<Tool> among(List<Tool> tools) {
    return tools.stream().filter(tool -> has(tool.access())).toList();
  }

  private boolean has(Access access) {
    return switch (this) {
      case CODE -> true;
      case PLAN, REVIEW -> access == Access.READS || access == Access.THINKS;
      case CHAT -> access == Access.THINKS;
    };
  }
}
