// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.time.LocalDate;
import java.util.Optional;

/// Reads the table `guard` of a policy file.
public final class PolicyFile {

  private PolicyFile() {}

  /// Returns what the file says.
  ///
  /// @param bytes the whole file
  /// @param name the file as the person named it
  /// @param today the day on which rules are in force or not
  /// @throws dev.redoubt.model.RedoubtException USAGE with file, line and column if anything in the
  ///   table is not understood, or an example of a rule fails
  public static Policy read(byte[] bytes, String name, Origin origin, LocalDate today) {
    if (bytes.length > 0) {
      throw new RedoubtException(
          ErrorCode.USAGE, "%s: rules of %s are not read yet on %s".formatted(name, origin, today));
    }
    return new Policy(RuleSet.NONE, Layers.Widening.REFUSED, Optional.empty());
  }
}
