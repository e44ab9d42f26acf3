// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;

/// Says why no link came to be, from what the client wrote.
final class SshRefusal {

  private SshRefusal() {}

  /// @param said what the client wrote, printable
  /// @param again whether there was a link before
  static IOException of(String said, String name, boolean again) {
    if (said.contains("REMOTE HOST IDENTIFICATION HAS CHANGED")
        || said.contains("Host key verification failed")
        || said.contains("no matching host key type")) {
      return WallException.refused(
          "%s does not show the host key that was pinned; nothing was sent".formatted(name),
          "find out why; if the machine was set up anew, set options.sandbox.ssh.host-key");
    }
    if (said.contains("Permission denied") || said.contains("Too many authentication failures")) {
      return WallException.cannotStart(
          "%s does not let this key in".formatted(name),
          "add the public key to ~/.ssh/authorized_keys there; a key with a passphrase is not"
              + " used");
    }
    if (again) {
      return new LinkException(
          "%s: %s".formatted(name, said.isEmpty() ? "the session there is gone" : said));
    }
    return WallException.cannotStart(
        "%s cannot be reached: %s".formatted(name, said.isEmpty() ? "it ended the link" : said),
        "check options.sandbox.ssh and that sshd runs there");
  }
}
