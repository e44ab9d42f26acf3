// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import dev.redoubt.sandbox.processes.Streams.Caps;
import dev.redoubt.sandbox.processes.Streams.OutputListener;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Reads one stream of a command to its end, so that a flood never stops it and never fills memory.
final class StreamReader {

  private static final int CHUNK = 16 << 10;

  private final InputStream in;
  private final HeadTail kept;
  private final boolean errors;
  private final OutputListener listener;
  private final Thread thread;

  private StreamReader(InputStream in, Caps caps, boolean errors, OutputListener listener) {
    this.in = in;
    this.kept = new HeadTail(caps.head(), caps.tail());
    this.errors = errors;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("command-output").unstarted(this::read);
  }

  static StreamReader start(InputStream in, Caps caps, boolean errors, OutputListener listener) {
    StreamReader reader = new StreamReader(in, caps, errors, listener);
    reader.thread.start();
    return reader;
  }

  private void read() {
    byte[] chunk = new byte[CHUNK];
    try {
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        kept.add(chunk, length);
        listener.wrote(errors, chunk, length);
      }
    } catch (IOException e) {
      // The command was ended while it wrote.
    }
  }

  CapturedText text() {
    return kept.text();
  }

  /// Returns all of it, waiting for the end of the stream, but not for ever: somebody who escaped
  /// may hold it open.
  CapturedText awaitEnd(Duration patience) {
    try {
      if (!thread.join(patience)) {
        in.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // It is given up anyway.
    }
    return kept.text();
  }
}
