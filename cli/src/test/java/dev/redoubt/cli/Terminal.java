// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Runs command lines in a made-up world with a home of its own.
public final class Terminal {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private String input = "";
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private Consumer<String> reader = _ -> {};

  /// @param folder the working folder
  /// @param home the home, where the data folder will be too
  public Terminal(Path folder, Path home) {
    this.folder = folder;
    variables.put("HOME", home.toString());
  }

  /// Puts `text` on the standard input of the runs that follow.
  public Terminal withInput(String text) {
    input = text;
    return this;
  }

  /// Lets the runs that follow happen now: what other programs compare with their own clock, a
  /// certificate for example, is good only then.
  public Terminal withRealTime() {
    clock = Clock.systemUTC();
    return this;
  }

  /// Lets `reader` have each line of standard error of the runs that follow as it comes.
  public Terminal withReader(Consumer<String> somebody) {
    reader = somebody;
    return this;
  }

  /// Sets an environment variable for the runs that follow.
  public Terminal withVariable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /// What a run printed and how it ended.
  public record Run(int exitCode, String out, String err) {

    /// Returns the last line of the output that is not empty.
    public String lastLine() {
      return out.strip().lines().reduce("", (_, line) -> line);
    }
  }

  /// Returns what `redoubt` with `arguments` prints and how it ends.
  public Run redoubt(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new Read(reader);
    Surroundings world =
        new Surroundings(
            Map.copyOf(variables),
            folder,
            new Streams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                stream(out),
                stream(err),
                Terminals.NONE),
            clock);
    int code = Main.run(List.of(arguments), world);
    world.out().flush();
    world.err().flush();
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }

  /* Passes on what is written, line by line. */
  private static final class Read extends ByteArrayOutputStream {

    private final Consumer<String> reader;
    private int told;

    Read(Consumer<String> reader) {
      this.reader = reader;
    }

    @Override
    public synchronized void write(int b) {
      super.write(b);
      tell();
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      super.write(bytes, from, length);
      tell();
    }

    private void tell() {
      for (int i = told; i < count; i++) {
        if (buf[i] == '\n') {
          reader.accept(new String(buf, told, i - told, StandardCharsets.UTF_8));
          told = i + 1;
        }
      }
    }
  }
}
