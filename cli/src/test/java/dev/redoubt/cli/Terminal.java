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

/// Runs command lines in a made-up world with a home of its own.
public final class Terminal {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private String input = "";
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

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
    ByteArrayOutputStream err = new ByteArrayOutputStream();
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
}
