// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import java.util.Locale;

/// Ways out of a wall that `redoubt sandbox test` tries for real.
public enum EscapeCheck {
  READ_SECRET("reading a key in the home and an .env file of the workspace"),
  WRITE_OUTSIDE("writing outside the workspace"),
  WRITE_PROTECTED("changing a git hook, git's configuration or an agent's settings"),
  WRITE_ABSENT_PROTECTED("creating a git hook or an agent's settings that are not there"),
  SYMLINK_SWAP("reaching outside through a link that was put in a file's place"),
  HARD_LINK("reaching outside through a second name of a file"),
  PROC("reading what other processes hold through /proc"),
  SIGNAL_OUTSIDE("ending a process outside"),
  METADATA_ADDRESS("reaching the metadata service of a cloud"),
  DIRECT_SOCKET("reaching a server of this machine"),
  DNS("sending a question to a name server"),
  UNIX_SOCKET("reaching a socket in the file system"),
  DOCKER_SOCKET("reaching the socket of the container engine"),
  PTRACE("looking into a process"),
  NAMESPACE("mounting something, or making a namespace to do so"),
  FORK_BOMB("starting processes without end"),
  DISK_FILL("filling the temporary folder"),
  OUTPUT_FLOOD("writing output without end"),
  ORPHAN("leaving a process behind"),
  TERMINAL_INJECTION("typing into the operator's terminal");

  private final String title;

  EscapeCheck(String title) {
    this.title = title;
  }

  /// Returns the id under which it is shown, in the manner of `read-secret`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Returns what is tried, in words.
  public String title() {
    return title;
  }
}
