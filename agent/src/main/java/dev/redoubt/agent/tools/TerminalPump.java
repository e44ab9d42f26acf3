// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.sandbox.processes.RunningCommand;
import java.io.IOException;
import java.io.InputStream;

/// Keeps reading what the terminal of a command shows: a program that nobody reads stands still.
final class TerminalPump {

  private TerminalPump() {}

  /// Returns the thread that reads; it ends soon after the command.
  static Thread start(RunningCommand command, OutputText output) {
    return Thread.ofVirtual().name("terminal-output").start(() -> pump(command, output));
  }

  private static void pump(RunningCommand command, OutputText output) {
    byte[] bytes = new byte[8 << 10];
    try (InputStream from = command.fromOutput()) {
      for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
        output.wrote(false, bytes, read);
      }
    } catch (IOException e) {
      // The terminal was taken away: there is no more to read.
    }
  }
}
