// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.wall.ResourceLimits;
import java.util.List;

/// What really runs, as the engine tells it after the start: for the evidence of a session.
///
/// @param image the digest of the image, and its names in registries
/// @param engine the version of the engine
/// @param user as `UID:GID`
/// @param network in the manner of `none`
/// @param limits what it may use
/// @param mounts what it sees of the machine
public record ContainerFacts(
    Image image,
    String engine,
    String user,
    String network,
    ResourceLimits limits,
    List<ContainerMount> mounts) {

  public ContainerFacts {
    requireNonNull(image, "image");
    requireNonNull(engine, "engine");
    requireNonNull(user, "user");
    requireNonNull(network, "network");
    requireNonNull(limits, "limits");
    mounts = List.copyOf(mounts);
  }

  /// The image of a container.
  ///
  /// @param name as the operator wrote it
  /// @param id the digest of what runs, `sha256:` and 64 hex digits
  /// @param digests under which registries know it; empty when it was made here
  public record Image(String name, String id, List<String> digests) {
    public Image {
      requireNonNull(name, "name");
      requireNonNull(id, "id");
      digests = List.copyOf(digests);
    }
  }
}
