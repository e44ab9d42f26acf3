// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What an operator wrote under `options.sandbox.docker`. How much a container may use is not here:
/// it comes with the enclosure.
///
/// @param image what containers are made from; without one nothing starts. Never pulled
/// @param engine which engine is asked, and how
/// @param user the numeric `UID:GID` commands run as; the owner of the workspace when empty
/// @param mounts what a container sees besides the workspace
/// @param extraArgs further options for `docker run`, see [ExtraArgs]
public record DockerSettings(
    Optional<String> image,
    Engine engine,
    Optional<String> user,
    List<ContainerMount> mounts,
    List<String> extraArgs) {

  /// Nothing chosen: the engine of this machine and no image.
  public static final DockerSettings NONE =
      new DockerSettings(Optional.empty(), Engine.LOCAL, Optional.empty(), List.of(), List.of());

  public DockerSettings {
    requireNonNull(image, "image");
    requireNonNull(engine, "engine");
    requireNonNull(user, "user");
    mounts = List.copyOf(mounts);
    extraArgs = List.copyOf(extraArgs);
  }

  /// Returns the same with the image `name`.
  public DockerSettings withImage(String name) {
    return new DockerSettings(Optional.of(name), engine, user, mounts, extraArgs);
  }

  /// Where the engine is.
  ///
  /// @param host its address as `DOCKER_HOST` has it
  /// @param client the `docker` program; looked for in the usual folders when empty
  /// @param certificates the folder of the keys for `tcp`, as `DOCKER_CERT_PATH` has it; with it
  ///   the engine has to prove who it is
  public record Engine(String host, Optional<Path> client, Optional<Path> certificates) {

    /// The engine of this machine.
    public static final Engine LOCAL =
        new Engine("unix:///var/run/docker.sock", Optional.empty(), Optional.empty());

    public Engine {
      requireNonNull(host, "host");
      requireNonNull(client, "client");
      requireNonNull(certificates, "certificates");
    }

    /// Returns the socket of the engine, if it has one in the file system.
    Optional<Path> socket() {
      return host.startsWith("unix:///")
          ? Optional.of(Path.of(host.substring("unix://".length())))
          : Optional.empty();
    }

    /// Returns the program that is asked.
    Optional<Path> program() {
      if (client.isPresent()) {
        return client;
      }
      return java.util.stream.Stream.of("/usr/local/bin", "/usr/bin", "/opt/homebrew/bin")
          .map(folder -> Path.of(folder, "docker"))
          .filter(java.nio.file.Files::isExecutable)
          .findFirst();
    }
  }
}
