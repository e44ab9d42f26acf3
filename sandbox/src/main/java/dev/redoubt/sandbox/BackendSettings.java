// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.docker.DockerSettings;
import dev.redoubt.sandbox.ssh.SshSettings;
import dev.redoubt.sandbox.ssh.SyncNotice;
import java.util.Optional;

/// What an operator configured of the backends that need it.
///
/// @param ssh empty when no machine was named
/// @param notices is told what the backend `ssh` does not keep the same on both machines
public record BackendSettings(
    DockerSettings docker, Optional<SshSettings> ssh, SyncNotice.Listener notices) {

  /// Nothing was configured.
  public static final BackendSettings NONE =
      new BackendSettings(DockerSettings.NONE, Optional.empty(), SyncNotice.Listener.NONE);

  public BackendSettings {
    requireNonNull(docker, "docker");
    requireNonNull(ssh, "ssh");
    requireNonNull(notices, "notices");
  }
}
