// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The script that does the work on the far machine, `far-side.sh`.
final class FarSide {

  private static final int LONGEST = 64 << 10;

  private FarSide() {}

  /// Returns it for one session.
  static byte[] script(String root, String folder) {
    String head = "root=%s\nd=%s\n".formatted(ShellWords.quoted(root), folder);
    try (InputStream in = FarSide.class.getResourceAsStream("far-side.sh")) {
      if (in == null) {
        throw new IllegalStateException("far-side.sh is missing from this build");
      }
      return (head + new String(in.readNBytes(LONGEST), UTF_8)).getBytes(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
