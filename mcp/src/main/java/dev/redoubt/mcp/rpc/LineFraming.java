// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// One message a line.
final class LineFraming implements Framing {

  @Override
  public Optional<byte[]> read(InputStream in, int largest) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        if (line.size() > 0) {
          return Optional.of(line.toByteArray());
        }
      } else if (next != '\r' || line.size() > 0) {
        if (line.size() == largest) {
          throw new TooLongException(largest);
        }
        line.write(next);
      }
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
  }

  @Override
  public boolean readOver(InputStream in) throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return true;
      }
    }
    return false;
  }

  @Override
  public void write(OutputStream out, byte[] message) throws IOException {
    for (byte b : message) {
      if (b == '\n') {
        throw new IOException("a message of two lines cannot be sent");
      }
    }
    out.write(message);
    out.write('\n');
    out.flush();
  }
}
