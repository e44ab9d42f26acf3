// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;

/// What an engine says about itself.
///
/// @param client the major version of the client
/// @param server the version of the engine
/// @param cpus how many processors it has
/// @param users how the ids of users in a container relate to those of this machine
record EngineFacts(int client, String server, int cpus, Users users) {

  /// How the ids of users in a container relate to those of this machine.
  enum Users {
    SAME,
    /// Root of a container is the operator.
    ROOTLESS,
    /// Every id is another one outside.
    SHIFTED
  }

  EngineFacts {
    requireNonNull(server, "server");
    requireNonNull(users, "users");
  }

  /// Returns what the engine of `docker` says.
  ///
  /// @throws WallException if there is none, or one that would not filter system calls
  static EngineFacts ask(DockerClient docker) throws IOException, InterruptedException {
    DockerClient.Answer version = docker.ask("--version");
    DockerClient.Answer answer =
        docker.ask(
            "info",
            "--format",
            "{{.OSType}} {{.NCPU}} {{.ServerVersion}} {{json .SecurityOptions}}");
    String[] words = answer.text().split(" ", 4);
    if (!answer.good() || words.length < 4 || words[2].isEmpty()) {
      throw WallException.cannotStart(
          "the container engine does not answer: " + answer.complaint(), fix(answer.complaint()));
    }
    if (!words[0].equals("linux")) {
      throw WallException.cannotStart(
          "the engine runs containers for \"%s\"".formatted(words[0]), "use one for linux");
    }
    String security = words[3];
    if (!security.contains("name=seccomp") || security.contains("profile=unconfined")) {
      throw WallException.cannotStart(
          "the engine does not filter system calls (seccomp)",
          "give it back its default profile, on a kernel with seccomp");
    }
    return new EngineFacts(number(version.text()), words[2], number(words[1]), users(security));
  }

  private static Users users(String security) {
    if (security.contains("name=rootless")) {
      return Users.ROOTLESS;
    }
    return security.contains("name=userns") ? Users.SHIFTED : Users.SAME;
  }

  private static String fix(String complaint) {
    return complaint.contains("permission denied")
        ? "become a member of the group of its socket, or use a rootless engine through DOCKER_HOST"
        : "start it (systemctl start docker), or set options.sandbox.docker.host or DOCKER_HOST";
  }

  /* The first number in "Docker version 28.2.2, build …". */
  private static int number(String text) {
    int number = 0;
    int digits = 0;
    for (int i = 0; i < text.length() && digits < 4; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        number = number * 10 + (c - '0');
        digits++;
      } else if (digits > 0) {
        return number;
      }
    }
    return number;
  }
}
