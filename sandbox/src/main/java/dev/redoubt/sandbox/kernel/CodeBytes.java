// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/* Code as it is written, with the jumps that are not aimed yet. */
final class CodeBytes {

  /* A place in the code, known once it was [#place]d. */
  static final class Label {
    private int at = -1;
  }

  /* Makes the jump at `at` go to `to`. */
  @FunctionalInterface
  interface Aim {
    void aim(ByteBuffer code, int at, int to);
  }

  private record Jump(int at, Label to) {}

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Jump> jumps = new ArrayList<>();

  void jump(int at, Label to) {
    jumps.add(new Jump(at, to));
  }

  void place(Label label) {
    if (label.at >= 0) {
      throw new IllegalStateException("a label stands at two places");
    }
    label.at = bytes.size();
  }

  int size() {
    return bytes.size();
  }

  void emit(int... values) {
    for (int value : values) {
      bytes.write(value);
    }
  }

  /* 4 bytes, little-endian. */
  void word(int value) {
    emit(value, value >> 8, value >> 16, value >> 24);
  }

  byte[] unfinished() {
    return bytes.toByteArray();
  }

  byte[] finished(Aim aim) {
    ByteBuffer code = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    for (Jump jump : jumps) {
      if (jump.to().at < 0) {
        throw new IllegalStateException("a jump goes nowhere");
      }
      aim.aim(code, jump.at(), jump.to().at);
    }
    return code.array();
  }
}
