// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import dev.redoubt.sandbox.processes.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The one line with which a container says that it runs.
final class FirstLine {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST = 400;

  private FirstLine() {}

  /// Returns the first line of what `container` says; empty when it says nothing for a minute or
  /// ends. What it says later is thrown away: a full pipe would hold the engine up.
  static String of(RunningCommand container) throws InterruptedException {
    BlockingQueue<String> first = new LinkedBlockingQueue<>(1);
    Thread.ofVirtual()
        .name("container-keeper")
        .start(() -> {
          try (InputStream from = container.fromOutput()) {
            first.add(line(from));
            from.transferTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            first.offer("");
          }
        });
    String said = first.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return said == null ? "" : said;
  }

  private static String line(InputStream from) throws IOException {
    byte[] line = new byte[LONGEST];
    int length = 0;
    for (int c = from.read(); c >= 0 && c != '\n' && length < LONGEST; c = from.read()) {
      line[length++] = (byte) c;
    }
    return new String(line, 0, length, StandardCharsets.UTF_8);
  }
}
