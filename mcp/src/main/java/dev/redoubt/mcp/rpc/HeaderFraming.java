// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A header with the length before each message.
final class HeaderFraming implements Framing {

  private static final int LONGEST_HEADER = 8 << 10;
  private static final int MOST_DIGITS = 10;

  @Override
  public Optional<byte[]> read(InputStream in, int largest) throws IOException {
    long length = -1;
    int total = 0;
    for (String line = line(in); ; line = line(in)) {
      if (line == null) {
        if (total == 0) {
          return Optional.empty();
        }
        throw new EOFException("it ended within a header");
      }
      total += line.length() + 2;
      if (total > LONGEST_HEADER) {
        throw new IOException("it sent a header of more than %d bytes".formatted(LONGEST_HEADER));
      }
      if (line.isEmpty()) {
        break;
      }
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        if (length >= 0) {
          throw new IOException("it sent two lengths for one message");
        }
        length = length(line.substring(line.indexOf(':') + 1).strip());
      } else if (line.indexOf(':') < 1) {
        throw new IOException("it sent a header without a colon");
      }
    }
    return Optional.of(body(in, length, largest));
  }

  @Override
  public boolean readOver(InputStream in) {
    return false;
  }

  private static byte[] body(InputStream in, long length, int largest) throws IOException {
    if (length < 0) {
      throw new IOException("it sent a message without its length");
    }
    if (length > largest) {
      throw new TooLongException(largest);
    }
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      throw new EOFException("it ended within a message");
    }
    return body;
  }

  private static long length(String digits) throws IOException {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      throw new IOException("it sent a length that is no number");
    }
    return Long.parseLong(digits);
  }

  /* Null at the end. */
  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
          line.setLength(line.length() - 1);
        }
        return line.toString();
      }
      if (line.length() == LONGEST_HEADER) {
        throw new IOException("it sent a header of more than %d bytes".formatted(LONGEST_HEADER));
      }
      line.append((char) next);
    }
    if (!line.isEmpty()) {
      throw new EOFException("it ended within a header");
    }
    return null;
  }

  @Override
  public void write(OutputStream out, byte[] message) throws IOException {
    out.write("Content-Length: %d\r\n\r\n".formatted(message.length).getBytes(US_ASCII));
    out.write(message);
    out.flush();
  }
}
