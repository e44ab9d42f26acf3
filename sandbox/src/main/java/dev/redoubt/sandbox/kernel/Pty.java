// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A terminal of its own for one program: what a person would see and type, as two streams.
///
/// Its descriptors are closed in every child. Reading ends when this was released and the program
/// and all it started have closed the terminal, or when this is closed. Reading and writing block
/// in the kernel, so they belong on platform threads. Safe to share; one thread reads and one
/// writes at a time.
public final class Pty implements AutoCloseable {

  private static final long FROM_THE_CURRENT_FOLDER = -100;
  /* O_RDWR, O_NOCTTY, O_NONBLOCK, O_CLOEXEC. */
  private static final long OPENED = 0x2 | 0x100 | 0x800 | 0x8_0000;
  private static final long LOCK_PEER = 0x4004_5431;
  private static final long NUMBER_OF_PEER = 0x8004_5430L;
  private static final long SET_SIZE = 0x5414;
  private static final int MOST_CELLS = 1000;

  /* The program becomes the leader of a session with this terminal. The shell opens it, because a
   * JVM that leads a session without a terminal would get it for its own. */
  private static final String TAKE_OVER = "exec setsid -c \"$@\" <\"$0\" >\"$0\" 2>&1";

  /* Nobody leads a session with it yet. A shell that leads one without a terminal would get it, so
   * another process opens it. */
  private static final String HAND_ON = "(exec \"$@\" <\"$0\" >\"$0\" 2>&1); exit $?";

  private final PtyChannel channel;
  private final Path peer;

  private Pty(PtyChannel channel, Path peer) {
    this.channel = channel;
    this.peer = peer;
  }

  /// Returns a new terminal of this size.
  ///
  /// @param columns from 1 to 1000
  /// @param rows from 1 to 1000
  /// @throws KernelException if the machine has none to give
  public static Pty open(int columns, int rows) throws KernelException {
    requireSize(columns, rows);
    Kernel kernel = Kernel.here();
    int descriptor = opened(kernel, Path.of("/dev/ptmx"));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
      kernel.must(
          "unlocking a terminal", SystemCall.IOCTL, descriptor, LOCK_PEER, number.address());
      kernel.must(
          "the name of a terminal", SystemCall.IOCTL, descriptor, NUMBER_OF_PEER, number.address());
      Path peer = Path.of("/dev/pts", String.valueOf(number.get(ValueLayout.JAVA_INT, 0)));
      Pty pty = new Pty(new PtyChannel(kernel, descriptor, opened(kernel, peer)), peer);
      pty.resize(columns, rows);
      return pty;
    } catch (KernelException | RuntimeException e) {
      kernel.close(descriptor);
      throw e;
    }
  }

  private static int opened(Kernel kernel, Path device) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      return (int)
          kernel.must(
              "opening \"%s\"".formatted(device),
              SystemCall.OPENAT,
              FROM_THE_CURRENT_FOLDER,
              arena.allocateFrom(device.toString()).address(),
              OPENED,
              0);
    }
  }

  private static void requireSize(int columns, int rows) {
    if (columns < 1 || columns > MOST_CELLS || rows < 1 || rows > MOST_CELLS) {
      throw new IllegalArgumentException(
          "%d columns and %d rows are not from 1 to %d".formatted(columns, rows, MOST_CELLS));
    }
  }

  /// Returns the device the program opens, in the manner of `/dev/pts/3`. A wall has to let it.
  public Path peer() {
    return peer;
  }

  /// Returns the command that runs `command` on this terminal, as the leader of its own session. It
  /// needs `sh` and `setsid`; its own streams stay unused.
  public List<String> around(List<String> command) {
    return with(TAKE_OVER, command);
  }

  /// Returns the command that runs `command` with this terminal as its streams, for whom it starts
  /// to lead a session with it.
  public List<String> handedTo(List<String> command) {
    return with(HAND_ON, command);
  }

  private List<String> with(String script, List<String> command) {
    List<String> around = new ArrayList<>(List.of("/bin/sh", "-c", script, peer.toString()));
    around.addAll(command);
    return List.copyOf(around);
  }

  /// Lets [#output] end when everybody has closed the terminal: called when the program has ended.
  /// Not earlier, because it opens the terminal some time after it was started.
  public void release() {
    channel.releasePeer();
  }

  /// Tells the program, if it asks or listens, that the size is another.
  ///
  /// @throws KernelException if the terminal is closed
  public void resize(int columns, int rows) throws KernelException {
    requireSize(columns, rows);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(4 * Short.BYTES, Short.BYTES);
      size.set(ValueLayout.JAVA_SHORT, 0, (short) rows);
      size.set(ValueLayout.JAVA_SHORT, Short.BYTES, (short) columns);
      channel.control("the size of a terminal", SET_SIZE, size.address());
    }
  }

  /// Returns what the program shows. Closing it does nothing.
  public InputStream output() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, into.length);
        return length == 0 ? 0 : channel.read(into, from, length);
      }
    };
  }

  /// Returns where to type. Closing it does nothing: whoever means the end types control-D.
  public OutputStream input() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        channel.write(bytes, from, length);
      }
    };
  }

  /// Takes the terminal away. The program that leads it is told to hang up; a blocked read ends.
  @Override
  public void close() {
    channel.close();
  }
}
