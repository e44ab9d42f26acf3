// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

/// What a plugin needs beyond the files it is given.
public enum Need {
  /// Opens connections.
  NETWORK,
  /// Starts programs.
  RUNS_CODE,
  /// Reads the machine's own caches or configuration, outside what is scanned.
  MACHINE
}
