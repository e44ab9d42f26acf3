// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

/// How much is kept the same on both machines.
///
/// @param entries files, folders and links together
/// @param fileBytes of one file
/// @param comingBytes of everything that comes at once
record SyncLimits(int entries, long fileBytes, long comingBytes) {

  /// 100,000 entries, files of 256 MiB, 1 GiB at once.
  static final SyncLimits DEFAULT = new SyncLimits(100_000, 256L << 20, 1L << 30);
}
