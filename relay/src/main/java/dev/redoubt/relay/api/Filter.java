// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.api;

/// Judges messages as they pass. Shared between threads: messages are judged at the same time.
public interface Filter {

  /// Returns its id, lower-case with hyphens.
  String name();

  /// Returns what it says to `passing`. An exception counts as [Ruling.Blocks].
  ///
  /// @param upstream asks the server something in between
  /// @throws InterruptedException if the relay ends meanwhile
  Ruling judge(Passing passing, Upstream upstream) throws InterruptedException;
}
