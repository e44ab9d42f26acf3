// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.docker.DockerSettings;

/// What an operator configured of the backends that need it.
public record BackendSettings(DockerSettings docker) {

  /// Nothing was configured.
  public static final BackendSettings NONE = new BackendSettings(DockerSettings.NONE);

  public BackendSettings {
    requireNonNull(docker, "docker");
  }
}
