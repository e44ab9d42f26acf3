// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.sandbox.network.LoopbackRelay;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/// What runs in the second container of a session that has a way out: a relay from the loopback,
/// which both containers share, to the socket of the egress proxy, which only this one sees.
///
/// Arguments: the port and the socket. Says one line, [#READY] or why not, and ends when its input
/// ends. Needs no class of Redoubt's but [LoopbackRelay].
public final class ProxyRelay {

  static final String READY = "ready";

  private ProxyRelay() {}

  /// Runs it.
  public static void main(String[] arguments) throws IOException {
    try (OutputStream out = new FileOutputStream(FileDescriptor.out);
        InputStream in = new FileInputStream(FileDescriptor.in)) {
      run(Integer.parseInt(arguments[0]), Path.of(arguments[1]), out, in);
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static void run(int port, Path socket, OutputStream out, InputStream in)
      throws IOException {
    try {
      LoopbackRelay.requireAnswer(socket);
    } catch (IOException e) {
      say(out, String.valueOf(e.getMessage()));
      return;
    }
    try (LoopbackRelay _ = LoopbackRelay.start(port, socket)) {
      say(out, READY);
      while (in.read() >= 0) {
        // Nothing is said here that means anything but its end.
      }
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(UTF_8));
    out.flush();
  }
}
