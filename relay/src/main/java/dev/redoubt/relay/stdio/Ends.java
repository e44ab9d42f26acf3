// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stdio;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.OutputStream;

/// The two streams of one side.
///
/// @param in what it writes
/// @param out what it reads
public record Ends(InputStream in, OutputStream out) {
  public Ends {
    requireNonNull(in, "in");
    requireNonNull(out, "out");
  }
}
