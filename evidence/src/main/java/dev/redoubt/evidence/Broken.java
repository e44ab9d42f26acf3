// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.util.Objects.requireNonNull;

/// The first entry of a stream that is not as it was written.
///
/// @param file the name of the file
/// @param line counted from 1
/// @param seq the sequence the entry has, or should have
/// @param reason what is wrong with it, for people
public record Broken(String file, long line, long seq, String reason) {
  public Broken {
    requireNonNull(file, "file");
    requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return file + ":" + line + " " + seq + " " + reason;
  }
}
