// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;

/// A connection on which a test writes whatever it likes.
final class Wire implements AutoCloseable {

  private static final int PATIENCE = 60_000;

  private final Socket socket;
  private final BufferedReader in;

  Wire(HttpServer server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
  }

  Wire send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /* Null at the end. */
  String line() throws IOException {
    return in.readLine();
  }

  int status() throws IOException {
    String line = line();
    return line == null ? 0 : Integer.parseInt(line.split(" ", 3)[1]);
  }

  /* All lines up to the one that is `last`. */
  String until(String last) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = line(); line != null; line = line()) {
      seen.append(line).append('\n');
      if (line.equals(last)) {
        break;
      }
    }
    return seen.toString();
  }

  String rest() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = line(); line != null; line = line()) {
      all.append(line).append('\n');
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
