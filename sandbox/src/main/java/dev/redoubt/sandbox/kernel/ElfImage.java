// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/* A program file as elf(5) describes it: constants that can be read, code that can be read and run,
 * and memory that can be read and written and begins as zeros. Nothing can be both written and run.
 * All lies at fixed addresses, so whoever writes the code knows the constants' addresses at once. */
final class ElfImage {

  private static final int SIZE_OF_HEADER = 64;
  private static final int SIZE_OF_SEGMENT = 56;
  private static final int SEGMENTS = 4;
  private static final int LOAD = 1;
  private static final int STACK = 0x6474_E551;
  private static final int RUN = 1;
  private static final int WRITE = 2;
  private static final int READ = 4;
  /* The largest page of both architectures. */
  private static final int ALIGNMENT = 0x1_0000;
  private static final long CODE = 0x1000_0000;
  private static final long CONSTANTS = 0x2000_0000;
  private static final long MEMORY = 0x3000_0000;

  private final ByteArrayOutputStream constants = new ByteArrayOutputStream();
  private int memory;

  ElfImage() {
    constants.writeBytes(new byte[SIZE_OF_HEADER + SEGMENTS * SIZE_OF_SEGMENT]);
  }

  /* Returns the address of a copy of `bytes`, which begins at a multiple of 8. */
  long constant(byte[] bytes) {
    align(Long.BYTES);
    long address = CONSTANTS + constants.size();
    constants.writeBytes(bytes);
    return address;
  }

  private void align(int step) {
    while (constants.size() % step != 0) {
      constants.write(0);
    }
  }

  long constant(long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return constant(bytes.array());
  }

  long constant(String text) {
    return constant((text + '\0').getBytes(StandardCharsets.UTF_8));
  }

  /* Returns the address of `size` zeros, which begin at a multiple of 8. */
  long memory(int size) {
    long address = MEMORY + memory;
    memory += (size + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    return address;
  }

  /* Returns the file that runs `code` from its beginning. */
  byte[] file(byte[] code, Architecture architecture) {
    align(16);
    int at = constants.size();
    constants.writeBytes(code);
    ByteBuffer file = ByteBuffer.wrap(constants.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    long entry = CODE + at;
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
    // ET_EXEC, EM_*, which is the lower half of the name of the convention of calls, EV_CURRENT.
    file.putShort((short) 2).putShort((short) architecture.auditName()).putInt(1);
    file.putLong(entry).putLong(SIZE_OF_HEADER).putLong(0).putInt(0);
    file.putShort((short) SIZE_OF_HEADER);
    file.putShort((short) SIZE_OF_SEGMENT).putShort((short) SEGMENTS);
    file.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    segment(file, LOAD, READ | RUN, new Span(at, entry, code.length, code.length));
    segment(file, LOAD, READ, new Span(0, CONSTANTS, at, at));
    segment(file, LOAD, READ | WRITE, new Span(0, MEMORY, 0, Math.max(memory, 1)));
    segment(file, STACK, READ | WRITE, new Span(0, 0, 0, 0));
    return file.array();
  }

  private record Span(long offset, long address, long inFile, long inMemory) {}

  private static void segment(ByteBuffer file, int type, int rights, Span span) {
    file.putInt(type).putInt(rights).putLong(span.offset());
    file.putLong(span.address()).putLong(span.address());
    file.putLong(span.inFile()).putLong(span.inMemory());
    file.putLong(type == LOAD ? ALIGNMENT : 16);
  }
}
