// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.nio.file.Path;

/// A process of its own that appends to the stream of the tests, opening it again and again.
final class AppendingProgram {

  private AppendingProgram() {}

  public static void main(String[] arguments) {
    Streams streams = new Streams(Path.of(arguments[0]));
    int left = Integer.parseInt(arguments[1]);
    while (left > 0) {
      int now = Math.min(left, 7);
      streams.write(Streams.every(5, 10_000), now);
      left -= now;
    }
  }
}
