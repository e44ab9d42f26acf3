// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A client of an echo server that keeps a number of calls in flight: for each answer that comes
/// the next call goes out. Ends its program when it is closed. For one thread.
final class EchoLine implements AutoCloseable {

  /* Identifies a call in flight; calls and answers of all fit into the buffers of the pipes, so
   * that neither side ever waits for room. */
  private static final int SLOTS = 512;
  private static final byte[] ID = "\"id\":".getBytes(UTF_8);
  private static final byte[] RESULT = ",\"result\":{".getBytes(UTF_8);

  private final Process program;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 18];
  private int filled;
  private long next = 1;

  /// What was measured in one round.
  static final class Round {

    private final long[] nanos;
    private final int refused;
    private final long wall;

    private Round(long[] nanos, int refused, long wall) {
      this.nanos = nanos;
      this.refused = refused;
      this.wall = wall;
    }

    /// How long each call took, in ascending order.
    long[] nanos() {
      return nanos;
    }

    /// How many were answered with an error.
    int refused() {
      return refused;
    }

    /// How long the round took, in nanoseconds.
    long wall() {
      return wall;
    }
  }

  /// @param home the home of the program
  EchoLine(List<String> command, Path home) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectError(home.resolve("errors.txt").toFile());
    builder.environment().put("HOME", home.toString());
    List.of("XDG_DATA_HOME", "XDG_CONFIG_HOME", "JAVA_TOOL_OPTIONS")
        .forEach(builder.environment()::remove);
    this.program = builder.start();
    this.out = program.getOutputStream();
    this.in = program.getInputStream();
    out.write(
        ("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{"
                + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}\n")
            .getBytes(UTF_8));
    out.flush();
    while (in.read() != '\n') {
      if (!program.isAlive()) {
        throw new IOException("it ended: " + Files.readString(home.resolve("errors.txt"), UTF_8));
      }
    }
    out.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n".getBytes(UTF_8));
    out.flush();
  }

  /// Returns what `calls` calls took of which `inFlight` were always under way.
  Round measure(int inFlight, int calls) throws IOException {
    long[] sent = new long[SLOTS];
    long[] nanos = new long[calls];
    StringBuilder due = new StringBuilder();
    int answered = 0;
    int refused = 0;
    int begun = Math.min(inFlight, calls);
    long start = System.nanoTime();
    for (int slot = 0; slot < begun; slot++) {
      call(due, slot);
      sent[slot] = start;
    }
    send(due);
    while (answered < calls) {
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        throw new IOException("the program has ended");
      }
      long now = System.nanoTime();
      filled += read;
      int line = 0;
      for (int at = filled - read; at < filled; at++) {
        if (buffer[at] != '\n') {
          continue;
        }
        int slot = slot(line, at);
        nanos[answered++] = now - sent[slot];
        refused += find(line, at, RESULT) < 0 ? 1 : 0;
        if (begun < calls) {
          begun++;
          call(due, slot);
          sent[slot] = now;
        }
        line = at + 1;
      }
      System.arraycopy(buffer, line, buffer, 0, filled - line);
      filled -= line;
      send(due);
    }
    long wall = System.nanoTime() - start;
    Arrays.sort(nanos);
    return new Round(nanos, refused, wall);
  }

  /// Returns the processor time that the program used until now, in milliseconds, and its largest
  /// resident set in MiB. Without `/proc` both are 0.
  Used used() throws IOException {
    Path process = Path.of("/proc", String.valueOf(program.pid()));
    if (!Files.exists(process)) {
      return new Used(0, 0);
    }
    String stat = Files.readString(process.resolve("stat"), UTF_8);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long resident =
        Files.readAllLines(process.resolve("status"), UTF_8).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .map(line -> line.replaceAll("[^0-9]", ""))
            .mapToLong(Long::parseLong)
            .sum();
    return new Used((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10, resident >> 10);
  }

  /// @param millis of a processor
  /// @param mebibytes the largest resident set
  record Used(long millis, long mebibytes) {}

  private void call(StringBuilder due, int slot) {
    due.append("{\"jsonrpc\":\"2.0\",\"id\":")
        .append(next++ * SLOTS + slot)
        .append(
            ",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"a\":1}}}\n");
  }

  private void send(StringBuilder due) throws IOException {
    if (!due.isEmpty()) {
      out.write(due.toString().getBytes(UTF_8));
      out.flush();
      due.setLength(0);
    }
  }

  private int slot(int from, int to) {
    long id = 0;
    for (int at = find(from, to, ID); at < to && buffer[at] >= '0' && buffer[at] <= '9'; at++) {
      id = id * 10 + buffer[at] - '0';
    }
    return (int) (id % SLOTS);
  }

  private int find(int from, int to, byte[] part) {
    for (int at = from; at <= to - part.length; at++) {
      if (Arrays.equals(buffer, at, at + part.length, part, 0, part.length)) {
        return at + part.length;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    out.close();
    try {
      if (!program.waitFor(20, TimeUnit.SECONDS)) {
        program.destroyForcibly();
      }
    } catch (InterruptedException e) {
      program.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
