// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// One command. Built only when it was asked for.
public interface Command {

  /// Returns its options and parameters, without the ones every command has.
  CommandSpec spec();

  /// Returns at least two command lines that work, each starting with `redoubt`, most useful first.
  List<String> examples();

  /// Does it.
  ///
  /// @return the exit code
  /// @throws dev.redoubt.model.RedoubtException if it cannot be done; [Main] turns it into a
  ///   message and an exit code
  int run(Call call);
}
