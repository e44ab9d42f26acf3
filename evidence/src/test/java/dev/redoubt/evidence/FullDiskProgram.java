// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process of its own that appends to a stream until the disk is full, makes room and goes on.
final class FullDiskProgram {

  private FullDiskProgram() {}

  /// Fills the disk below a folder.
  ///
  /// @param arguments the folder, on a small disk
  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments[0]);
    Path filler = Files.write(data.resolve("filler"), new byte[96 << 10]);
    Streams streams = new Streams(data);
    try (EvidenceLog log = streams.open(Streams.every(1000, 1 << 20))) {
      int written = 0;
      try {
        for (; written < 100_000; written++) {
          log.append(Streams.event(written));
        }
      } catch (RedoubtException e) {
        System.out.println("full: " + e.code() + " " + e.getMessage());
      }
      System.out.println("some: " + (written > 10));
      Files.delete(filler);
      System.out.println("next: " + (log.append(Streams.event(written)).seq() - written));
    }
    StreamReport report = streams.verify();
    System.out.println("broken: " + report.broken());
    System.out.println("recoveries: " + report.counted().recoveries());
  }
}
