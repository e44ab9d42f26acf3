// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import java.io.EOFException;
import java.io.IOException;

/// Reads lines of HTTP, each ended by CR LF and by nothing else, within a number of bytes.
final class HeadLines {

  private final Wire wire;
  private final int most;
  private int left;

  HeadLines(Wire wire, int most) {
    this.wire = wire;
    this.most = most;
    this.left = most;
  }

  /// Says that what came cannot be read as HTTP without guessing.
  @SuppressWarnings("serial") // never leaves the package
  static final class Unreadable extends Exception {

    private final boolean tooLarge;

    Unreadable(String reason) {
      this(reason, false);
    }

    private Unreadable(String reason, boolean tooLarge) {
      super(reason, null, false, false);
      this.tooLarge = tooLarge;
    }

    boolean isTooLarge() {
      return tooLarge;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /// Returns the next line without its end. It has no control characters but tabs.
  String next() throws Unreadable, IOException {
    StringBuilder line = new StringBuilder(80);
    while (true) {
      int c = taken();
      if (c == '\r') {
        if (taken() != '\n') {
          throw new Unreadable("a carriage return stands alone");
        }
        return line.toString();
      }
      if (c == '\n') {
        throw new Unreadable("a line feed stands alone");
      }
      if ((c < ' ' && c != '\t') || c == 0x7F) {
        throw new Unreadable("there is a control character in a line");
      }
      line.append((char) c);
    }
  }

  private int taken() throws Unreadable, IOException {
    if (left-- == 0) {
      throw new Unreadable("it is longer than %d bytes".formatted(most), true);
    }
    int c = wire.read();
    if (c < 0) {
      throw new EOFException("the connection ended within a header");
    }
    return c;
  }
}
