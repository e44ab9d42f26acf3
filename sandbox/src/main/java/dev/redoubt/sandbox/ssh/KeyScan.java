// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.ssh.RemoteCall.Sender;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Asks a machine for its keys to find the one with a pinned fingerprint. Whoever answers, nothing
/// but a key is taken from the answer, and only that key.
final class KeyScan {

  private static final int LONGEST_ANSWER = 64 << 10;

  private final Optional<Path> program;
  private final SshSettings settings;

  KeyScan(Optional<Path> program, SshSettings settings) {
    this.program = requireNonNull(program, "program");
    this.settings = requireNonNull(settings, "settings");
  }

  /// @throws WallException if the machine shows no such key
  HostKey.Line keyOf(HostKey.Fingerprint fingerprint) throws IOException, InterruptedException {
    if (program.isEmpty()) {
      throw WallException.cannotStart(
          "there is no ssh-keyscan to ask for the key of a fingerprint",
          "set options.sandbox.ssh.host-key to the whole key");
    }
    for (String line : answer(program.get()).split("\n", -1)) {
      Optional<HostKey.Line> key = key(line);
      if (key.isPresent() && key.get().fingerprint().equals(fingerprint)) {
        return key.get();
      }
    }
    throw WallException.refused(
        "%s shows no host key with the pinned fingerprint; nothing was sent"
            .formatted(settings.destination()),
        "find out why; if the machine was set up anew, set options.sandbox.ssh.host-key");
  }

  private String answer(Path scan) throws IOException, InterruptedException {
    SshSettings.Destination to = settings.destination();
    ProcessBuilder described =
        new ProcessBuilder(
            scan.toString(),
            "-T",
            String.valueOf(settings.connectTimeout().toSeconds()),
            "-p",
            String.valueOf(to.port()),
            "-t",
            "ed25519,ecdsa,rsa",
            "--",
            to.host());
    described.environment().clear();
    described.environment().putAll(SshLink.environment());
    return RemoteCall.of(
            described,
            Sender.NOTHING,
            in -> new String(in.readNBytes(LONGEST_ANSWER), US_ASCII),
            settings.connectTimeout().plusSeconds(10))
        .received();
  }

  /* `host type key` */
  private static Optional<HostKey.Line> key(String line) {
    List<String> words = List.of(line.strip().split("[ \t]+", 4));
    try {
      return words.size() < 3
          ? Optional.empty()
          : Optional.of(new HostKey.Line(words.get(1), words.get(2)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
