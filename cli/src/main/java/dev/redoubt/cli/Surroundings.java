// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// The world one run of the program sees. Everything a command takes from outside its arguments
/// comes from here, so a test can be the world.
///
/// @param environment the variables; on Windows with their usual spelling
/// @param folder the working folder, absolute
/// @param streams where input comes from and output goes to
/// @param clock the time
/// @param managed where whoever manages the machine puts a policy; no variable moves it
public record Surroundings(
    Map<String, String> environment, Path folder, Streams streams, Clock clock, Path managed) {

  /// Where a managed policy lies on every machine.
  public static final Path MANAGED = Path.of("/etc/redoubt");

  /// The three streams and which of them is a terminal.
  ///
  /// @param in standard input
  /// @param out results, and nothing else
  /// @param err progress and diagnostics
  /// @param terminals which of the three are terminals
  public record Streams(InputStream in, PrintStream out, PrintStream err, Terminals terminals) {
    public Streams {
      requireNonNull(in, "in");
      requireNonNull(out, "out");
      requireNonNull(err, "err");
    }
  }

  /// Which of the standard streams are terminals.
  public record Terminals(boolean in, boolean out, boolean err) {

    /// None of them, as in a pipe or a test.
    public static final Terminals NONE = new Terminals(false, false, false);

    /// Returns what the launcher found out: the letters `i`, `o` and `e` for each terminal.
    static Terminals parse(String letters) {
      return new Terminals(
          letters.indexOf('i') >= 0, letters.indexOf('o') >= 0, letters.indexOf('e') >= 0);
    }
  }

  public Surroundings {
    environment = Map.copyOf(environment);
    requireNonNull(folder, "folder");
    requireNonNull(streams, "streams");
    requireNonNull(clock, "clock");
    requireNonNull(managed, "managed");
  }

  public Surroundings(Map<String, String> environment, Path folder, Streams streams, Clock clock) {
    this(environment, folder, streams, clock, MANAGED);
  }

  /// Returns standard output.
  public PrintStream out() {
    return streams.out();
  }

  /// Returns standard error.
  public PrintStream err() {
    return streams.err();
  }

  /// Returns the variable `name`, or `fallback` when it is unset or empty.
  public String variable(String name, String fallback) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? fallback : value;
  }

  /// Returns the user's home: `$HOME`, on Windows `%USERPROFILE%`; the working folder when neither
  /// is set.
  public Path home() {
    return Path.of(variable("HOME", variable("USERPROFILE", folder.toString())));
  }
}
