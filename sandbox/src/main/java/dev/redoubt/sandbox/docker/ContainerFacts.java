// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.wall.ResourceLimits;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /// Returns all of it in words, by name.
  public Map<String, String> byName() {
    Map<String, String> all = new TreeMap<>();
    all.put("container.image", image.name());
    all.put("container.image.id", image.id());
    all.put("container.image.digests", String.join(" ", image.digests()));
    all.put("container.engine", engine);
    all.put("container.user", user);
    all.put("container.network", network);
    all.put("container.limit.processes", String.valueOf(limits.processes()));
    all.put("container.limit.memory", String.valueOf(limits.memoryBytes()));
    all.put("container.limit.temporary", String.valueOf(limits.temporaryBytes()));
    all.put("container.limit.file", String.valueOf(limits.fileBytes()));
    all.put("container.limit.cpus", ContainerPlan.cpus(limits));
    for (ContainerMount mount : mounts) {
      String mode = mount.mode() == ContainerMount.Mode.WRITABLE ? "rw" : "ro";
      all.put("container.mount." + mount.target(), mode + " " + mount.source());
    }
    return all;
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
