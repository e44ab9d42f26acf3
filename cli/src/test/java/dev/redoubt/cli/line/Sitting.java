// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A person in front of `redoubt --plain`: types lines once something was shown.
final class Sitting implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PipedOutputStream keys = new PipedOutputStream();
  private final Seen seen = new Seen();
  private final AtomicInteger code = new AtomicInteger(-1);
  private final Thread program;
  private int from;

  /* What was shown; whoever waits for more is told. */
  private static final class Seen extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int off, int len) {
      super.write(bytes, off, len);
      notifyAll();
    }

    @Override
    public synchronized void write(int b) {
      super.write(b);
      notifyAll();
    }

    synchronized int await(String text, int from) throws InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        int at = toString(UTF_8).indexOf(text, from);
        if (at >= 0) {
          return at + text.length();
        }
        long rest = (end - System.nanoTime()) / 1_000_000;
        if (rest <= 0) {
          throw new AssertionError(
              "\"%s\" was not shown after:\n%s".formatted(text, toString(UTF_8).substring(from)));
        }
        wait(rest);
      }
    }
  }

  Sitting(Path folder, Path home, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--plain"));
    all.addAll(List.of(arguments));
    try {
      PipedInputStream in = new PipedInputStream(keys, 1 << 16);
      PrintStream out = new PrintStream(seen, true, UTF_8);
      Surroundings world =
          new Surroundings(
              Map.of("HOME", home.toString(), "OPENAI_API_KEY", "x"),
              folder,
              new Streams(in, out, out, new Terminals(true, true, true)),
              Clock.systemUTC(),
              home.resolve("managed"));
      program = Thread.ofPlatform().start(() -> code.set(Main.run(all, world)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until `text` is shown after what was waited for before.
  Sitting sees(String text) {
    try {
      from = seen.await(text, from);
      return this;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Types a line.
  Sitting types(String line) {
    try {
      keys.write((line + "\n").getBytes(UTF_8));
      keys.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits for the prompt and types `line` there.
  Sitting prompts(String line) {
    return sees("\n> ").types(line);
  }

  /// Returns all that was shown so far.
  String shown() {
    return seen.toString(UTF_8);
  }

  /// Leaves and returns the exit code.
  int leaves() {
    try {
      keys.close();
      program.join(PATIENCE);
      return code.get();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    leaves();
  }
}
