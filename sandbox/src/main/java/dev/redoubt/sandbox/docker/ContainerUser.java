// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The user that commands in a container run as: never root of this machine.
///
/// @param uid of the user
/// @param gid of the group
record ContainerUser(long uid, long gid) {

  private static final long MOST = (1L << 32) - 2;

  /// Returns whoever owns `workspace`, unless another one was `chosen`.
  ///
  /// A rootless engine shows the operator's own user as root of the container: there, and only
  /// there, commands run as that one, which is nobody but the operator outside.
  ///
  /// @param chosen in the manner of `1000:1000`
  static ContainerUser of(Optional<String> chosen, Path workspace, EngineFacts.Users users)
      throws IOException {
    if (chosen.isPresent()) {
      return chosen(chosen.get());
    }
    return switch (users) {
      case SHIFTED ->
          throw WallException.cannotStart(
              "the engine moves user ids (userns-remap), so nobody in a container owns the"
                  + " workspace",
              "name a user that may write it in options.sandbox.docker.user, or use an engine"
                  + " without userns-remap");
      case ROOTLESS -> new ContainerUser(0, 0);
      case SAME -> owner(workspace);
    };
  }

  private static ContainerUser owner(Path workspace) throws IOException {
    long uid = id(workspace, "unix:uid");
    if (uid == 0) {
      throw WallException.cannotStart(
          "\"%s\" belongs to root, and nothing in a container runs as root".formatted(workspace),
          "give it to an ordinary user (chown -R USER \"%s\"), or name one that may write it in options.sandbox.docker.user"
              .formatted(workspace));
    }
    return new ContainerUser(uid, id(workspace, "unix:gid"));
  }

  private static long id(Path path, String attribute) throws IOException {
    return Integer.toUnsignedLong((Integer) Files.getAttribute(path, attribute));
  }

  private static ContainerUser chosen(String text) throws WallException {
    int colon = text.indexOf(':');
    long uid = colon < 0 ? -1 : number(text.substring(0, colon));
    long gid = colon < 0 ? -1 : number(text.substring(colon + 1));
    if (uid < 1 || gid < 1) {
      throw WallException.cannotStart(
          "\"%s\" is no user for a container".formatted(text),
          "write options.sandbox.docker.user as UID:GID, two numbers above 0");
    }
    return new ContainerUser(uid, gid);
  }

  private static long number(String digits) {
    if (digits.isEmpty() || digits.length() > 10) {
      return -1;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return -1;
      }
    }
    long number = Long.parseLong(digits);
    return number <= MOST ? number : -1;
  }

  /// Returns it as the option `--user` wants it.
  String option() {
    return uid + ":" + gid;
  }
}
