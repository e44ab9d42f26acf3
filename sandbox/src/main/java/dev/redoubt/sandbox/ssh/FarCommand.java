// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.ssh.RemoteCall.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/// One command on the far side, known there by an id, so that it is never run twice.
///
/// @param id of the command
/// @param mode how its streams are carried
record FarCommand(SshLink link, String id, Mode mode) {

  /// How the streams of a command are carried.
  enum Mode {
    /// Its output is kept on the far side until the command is dropped, so a link that was cut
    /// loses none of it.
    KEPT,
    /// Its streams are those of the link and end with it.
    LIVE,
    /// It has a terminal there, which ends with the link.
    TERMINAL
  }

  /// How far a command is.
  sealed interface State {
    record New() implements State {}

    record Started() implements State {}

    record Ended(int code) implements State {}

    /// The far side knows no such command: it was started anew or cleaned.
    record Unknown() implements State {}
  }

  private static final Duration LAYING = Duration.ofMinutes(1);

  FarCommand {
    requireNonNull(link, "link");
    requireNonNull(id, "id");
    requireNonNull(mode, "mode");
  }

  /// Lays `script` on the far side.
  ///
  /// @throws IOException if it cannot be laid there
  static FarCommand lay(SshLink link, Mode mode, byte[] script, String id)
      throws IOException, InterruptedException {
    Reply<Integer> reply =
        link.call("lay " + id, out -> out.write(script), in -> in.read(), LAYING);
    if (reply.code() != 0) {
      throw new IOException("the command could not be laid on %s".formatted(link.name()));
    }
    return new FarCommand(link, id, mode);
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }

  /// Returns what starts it.
  ProcessBuilder start(String log) {
    return switch (mode) {
      case KEPT -> link.describe("go %s %s".formatted(id, endOfInput()), log);
      case LIVE -> link.describe("live " + id, log);
      case TERMINAL -> link.describeTerminal("seen " + id, log);
    };
  }

  /// Returns what continues to read its output after so many bytes.
  ProcessBuilder follow(long output, long errors, String log) {
    return link.describe("follow %s %d %d".formatted(id, output, errors), log);
  }

  /// Returns what is sent after its whole input, so that a cut link is not taken for the end of it.
  String endOfInput() {
    return "end-of-" + id;
  }

  State state() throws IOException, InterruptedException {
    String answer = link.call("state " + id).received();
    if (answer.startsWith("ended ")) {
      try {
        return new State.Ended(Integer.parseInt(answer.substring("ended ".length())) & 0xff);
      } catch (NumberFormatException e) {
        return new State.Unknown();
      }
    }
    return switch (answer) {
      case "new" -> new State.New();
      case "started" -> new State.Started();
      default -> new State.Unknown();
    };
  }

  /// Makes sure that it never starts.
  ///
  /// @return whether it had not started
  boolean forbid() throws IOException, InterruptedException {
    return link.call("forbid " + id).received().equals("forbidden");
  }

  /// Ends everything of it.
  void kill() throws IOException, InterruptedException {
    link.call("kill " + id);
  }

  /// Takes away what was laid and kept.
  void drop() throws IOException, InterruptedException {
    link.call("drop " + id);
  }
}
