// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.intake;

/// How much of an input is read before it is refused.
///
/// @param record the largest record in bytes; a larger one is rejected by itself
/// @param total the bytes of all records together
/// @param ratio how many bytes one byte of an archive may become
/// @param ratioFrom the size of an archive's records from which the ratio is looked at
/// @param files the number of files and archive entries
public record Bounds(long record, long total, int ratio, long ratioFrom, int files) {

  /// What an import allows: records of 16 MB, 32 GB in all, 200 to 1 beyond 256 MB, 5 million
  /// files.
  public static final Bounds IMPORT = new Bounds(16L << 20, 32L << 30, 200, 256L << 20, 5_000_000);
}
