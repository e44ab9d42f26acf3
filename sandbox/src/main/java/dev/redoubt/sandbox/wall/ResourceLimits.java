// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

/// What one command may use.
///
/// @param processes how many it may have at once, threads included
/// @param memoryBytes of main memory, together
/// @param fileBytes the size of the largest file it may write
/// @param temporaryBytes of its private temporary folder
/// @param cpus how many processors, in hundredths of one
public record ResourceLimits(
    int processes, long memoryBytes, long fileBytes, long temporaryBytes, int cpus) {

  /// 512 processes, 4 GiB of memory, files of 2 GiB, 1 GiB of temporary files, 4 processors.
  public static final ResourceLimits DEFAULT =
      new ResourceLimits(512, 4L << 30, 2L << 30, 1L << 30, 400);

  public ResourceLimits {
    if (processes < 1 || memoryBytes < 1 || fileBytes < 1 || temporaryBytes < 1 || cpus < 1) {
      throw new IllegalArgumentException("a limit below one");
    }
  }
}
