// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// Runs the commands people run most, so that the JDK's start-up cache knows their classes. The
/// build runs it once, when it packages the program.
final class StartupTraining {

  private StartupTraining() {}

  /// Runs every training command line, writing nothing.
  public static void main(String[] arguments) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Surroundings world =
        new Surroundings(
            System.getenv(),
            Path.of("").toAbsolutePath(),
            new Streams(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, Terminals.NONE),
            Clock.systemUTC());
    for (String line :
        List.of(
            "--version",
            "--help",
            "help scan",
            "completion bash",
            "scan --demo",
            "scan --demo -f json")) {
      Main.run(List.of(line.split(" ", -1)), world);
    }
  }
}
