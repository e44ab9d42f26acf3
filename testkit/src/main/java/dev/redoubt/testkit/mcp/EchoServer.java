// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/// A server with one tool, `echo`, that answers as fast as a program can, so that what is measured
/// is what stands in front of it.
///
/// It reads one message a line and takes no more of it than its id and method, which have to stand
/// before the params. With a number of milliseconds as its argument each call is answered that much
/// later, the others meanwhile.
public final class EchoServer {

  private static final byte[] ID = "\"id\":".getBytes(UTF_8);
  private static final byte[] CALL = "\"method\":\"tools/call\"".getBytes(UTF_8);
  private static final byte[] LIST = "\"method\":\"tools/list\"".getBytes(UTF_8);
  private static final byte[] HEAD = "{\"jsonrpc\":\"2.0\",\"id\":".getBytes(UTF_8);
  private static final byte[] ECHO =
      ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"echo\"}]}}\n".getBytes(UTF_8);
  private static final byte[] TOOLS =
      (",\"result\":{\"tools\":[{\"name\":\"echo\",\"description\":\"Answers.\","
              + "\"inputSchema\":{\"type\":\"object\"}}]}}\n")
          .getBytes(UTF_8);
  private static final byte[] GREETING =
      (",\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
              + "\"serverInfo\":{\"name\":\"echo\",\"version\":\"1\"}}}\n")
          .getBytes(UTF_8);

  private final OutputStream out;
  private final long holdNanos;
  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();

  private record Held(long due, List<byte[]> ids) {}

  private EchoServer(OutputStream out, long holdNanos) {
    this.out = out;
    this.holdNanos = holdNanos;
  }

  /// Returns the command that starts it.
  ///
  /// @param hold how many milliseconds an answer to a call waits
  public static List<String> command(int hold) {
    try {
      Path classes =
          Path.of(EchoServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-Xmx256m",
          "-cp",
          classes.toString(),
          EchoServer.class.getName(),
          String.valueOf(hold));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void main(String[] arguments) throws IOException {
    long hold = arguments.length == 0 ? 0 : Long.parseLong(arguments[0]) * 1_000_000;
    EchoServer server = new EchoServer(System.out, hold);
    if (hold > 0) {
      Thread.ofPlatform().daemon().start(server::release);
    }
    server.serve(System.in);
  }

  /* What one read brings is answered with one write. */
  private void serve(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 20];
    int filled = 0;
    while (true) {
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        return;
      }
      filled += read;
      ByteArrayOutputStream answers = new ByteArrayOutputStream();
      List<byte[]> calls = new ArrayList<>();
      int start = 0;
      for (int at = filled - read; at < filled; at++) {
        if (buffer[at] == '\n') {
          answer(buffer, start, at, answers, calls);
          start = at + 1;
        }
      }
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      if (!calls.isEmpty()) {
        held.add(new Held(System.nanoTime() + holdNanos, calls));
      }
      write(answers);
    }
  }

  private void answer(
      byte[] line, int start, int end, ByteArrayOutputStream answers, List<byte[]> calls) {
    int at = find(line, start, end, ID);
    if (at < 0) {
      return;
    }
    int stop = at;
    while (line[stop] != ',' && line[stop] != '}') {
      stop++;
    }
    byte[] id = Arrays.copyOfRange(line, at, stop);
    if (find(line, start, end, CALL) < 0) {
      put(answers, id, find(line, start, end, LIST) < 0 ? GREETING : TOOLS);
    } else if (holdNanos == 0) {
      put(answers, id, ECHO);
    } else {
      calls.add(id);
    }
  }

  private void release() {
    try {
      while (true) {
        Held next = held.take();
        for (long left = next.due() - System.nanoTime();
            left > 0;
            left = next.due() - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        next.ids().forEach(id -> put(answers, id, ECHO));
        write(answers);
      }
    } catch (InterruptedException | IOException e) {
      System.exit(1);
    }
  }

  private static void put(ByteArrayOutputStream answers, byte[] id, byte[] rest) {
    answers.writeBytes(HEAD);
    answers.writeBytes(id);
    answers.writeBytes(rest);
  }

  private synchronized void write(ByteArrayOutputStream answers) throws IOException {
    if (answers.size() > 0) {
      answers.writeTo(out);
      out.flush();
    }
  }

  /* Returns where what follows `part` begins, and -1 without it. */
  private static int find(byte[] line, int start, int end, byte[] part) {
    for (int at = start; at <= end - part.length; at++) {
      if (Arrays.equals(line, at, at + part.length, part, 0, part.length)) {
        return at + part.length;
      }
    }
    return -1;
  }
}
