// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.sandbox.checks.Attempt.Seen;
import dev.redoubt.sandbox.network.DatagramTrap;
import dev.redoubt.sandbox.network.Listener;
import dev.redoubt.sandbox.processes.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The ways out that lead over the network or a socket.
final class NetworkAttempts {

  private static final IpAddress LOOPBACK = IpAddress.of(new byte[] {127, 0, 0, 1});

  private static final int NO_PROGRAM = 3;

  private NetworkAttempts() {}

  static Seen metadata(Scene scene) throws CheckFailedException {
    Ended ended =
        scene.run(
            "for a in 169.254.169.254 100.100.100.200; do"
                + " timeout 3 bash -c \"exec 3<>/dev/tcp/$a/80\" && echo reached; done");
    return new Seen(
        ended.output().toString().contains("reached"), "two addresses of metadata services");
  }

  static Seen directSocket(Scene scene) throws CheckFailedException, IOException {
    try (Listener listener = Listener.onAddress(LOOPBACK, 0)) {
      scene.run("timeout 3 bash -c 'echo hi > /dev/tcp/127.0.0.1/%d'".formatted(listener.port()));
      return new Seen(listener.wasReached(), "a server on 127.0.0.1 was dialled without a proxy");
    }
  }

  static Seen dns(Scene scene) throws CheckFailedException, IOException {
    try (DatagramTrap trap = DatagramTrap.open()) {
      Ended ended =
          scene.run(
              "echo question > /dev/udp/127.0.0.1/%d; timeout 5 getent hosts example.org"
                  .formatted(trap.port()));
      boolean resolved = ended.output().toString().contains("example.org");
      return new Seen(
          trap.caught() || resolved, "a datagram was sent, and a public name was looked up");
    }
  }

  static Seen unixSocket(Scene scene) throws CheckFailedException, IOException {
    Path folder = Files.createTempDirectory("redoubt-check-");
    Path near = scene.workspace().resolve("sockets");
    try (Listener far = Listener.onSocket(folder.resolve("s"));
        Listener close = Listener.onSocket(near.resolve("s"))) {
      Ended ended =
          scene.run(
              """
              for s in %s %s; do
                if command -v perl >/dev/null; then
                  perl -MSocket -e 'my $s; socket($s, AF_UNIX, SOCK_STREAM, 0) and
                    connect($s, sockaddr_un($ARGV[0])) and syswrite($s, "hi")' "$s"
                elif command -v python3 >/dev/null; then
                  python3 -c 'import socket, sys
              s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.send(b"hi")' "$s"
                else
                  exit 3
                fi
              done
              exit 0
              """
                  .formatted(folder.resolve("s"), near.resolve("s")));
      if (ended.ending().exitCode() == NO_PROGRAM) {
        throw new CheckFailedException("there is no perl or python3 inside to try it with");
      }
      boolean reached = far.wasReached();
      return new Seen(
          close.wasReached() || reached,
          "a socket in a temporary folder and one in the workspace were dialled");
    } finally {
      Files.deleteIfExists(folder);
      Files.deleteIfExists(near);
    }
  }

  static Seen dockerSocket(Scene scene) throws CheckFailedException {
    Ended ended =
        scene.run(
            "for s in /var/run/docker.sock /run/docker.sock /run/containerd/containerd.sock"
                + " /run/podman/podman.sock; do [ -w \"$s\" ] && echo reached; done; true");
    return new Seen(
        ended.output().toString().contains("reached"),
        "the usual places of an engine's socket hold nothing that can be written");
  }
}
