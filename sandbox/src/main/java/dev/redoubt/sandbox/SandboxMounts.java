// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.docker.ContainerMount;
import dev.redoubt.sandbox.docker.MountRules;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.files.MountPoints;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.MountPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an operator wants commands to see besides the workspace, looked at before it is shown.
///
/// The places of this machine are those a container may see ([MountRules]); besides, nothing may be
/// mounted in them, because that would come along. Looks, and changes nothing.
public final class SandboxMounts {

  private static final List<Path> FREE =
      List.of(
          Path.of("/mnt"),
          Path.of("/media"),
          Path.of("/opt"),
          Path.of("/srv"),
          Path.of("/tmp"),
          Path.of("/var/tmp"));

  private final Backend backend;
  private final Path workspace;
  private final MountRules rules;
  private final HostFileFacts facts = new HostFileFacts();
  private final List<Enclosure.Mount> mounts = new ArrayList<>();

  /// @param workspace a real path
  /// @param home the home of the operator
  /// @param state where Redoubt keeps its own data
  public SandboxMounts(Backend backend, Path workspace, Path home, Path state) {
    this.backend = requireNonNull(backend, "backend");
    this.workspace = requireNonNull(workspace, "workspace");
    this.rules = new MountRules(home, state, facts);
  }

  /// What was asked for.
  ///
  /// @param source on this machine, absolute, as it was written
  /// @param target where commands see it, absolute; where the source really lies when empty
  public record Wanted(Path source, Optional<Path> target, Enclosure.Mount.Mode mode) {
    public Wanted {
      requireNonNull(source, "source");
      requireNonNull(target, "target");
      requireNonNull(mode, "mode");
    }
  }

  /// Adds `wanted`.
  ///
  /// @return why it is refused; empty when it is added
  public Optional<String> add(Wanted wanted) {
    if (backend.mounts() instanceof MountPlaces.Nowhere(String reason)) {
      return Optional.of("the sandbox \"%s\" mounts nothing: %s".formatted(backend.name(), reason));
    }
    try {
      // Where links lead, once: what is looked at is what is mounted.
      Path source = wanted.source().toRealPath();
      Path target = wanted.target().orElse(source);
      return sensitive(wanted, Path.of("/mnt"))
          .or(() -> sensitive(new Wanted(source, Optional.of(target), wanted.mode()), target))
          .or(() -> overlapping(source, target))
          .or(() -> objection(source, target, wanted.mode()))
          .or(() -> inside(source))
          .or(() -> {
            mounts.add(new Enclosure.Mount(source, target, wanted.mode()));
            return Optional.empty();
          });
    } catch (IOException e) {
      return Optional.of(
          "\"%s\" does not exist, or cannot be looked at".formatted(wanted.source()));
    }
  }

  /// Returns what was added.
  public List<Enclosure.Mount> all() {
    return List.copyOf(mounts);
  }

  private Optional<String> sensitive(Wanted wanted, Path target) {
    return rules.objection(
        new ContainerMount(
            wanted.source(),
            target.toString(),
            switch (wanted.mode()) {
              case READ_ONLY -> ContainerMount.Mode.READ_ONLY;
              case WRITABLE -> ContainerMount.Mode.WRITABLE;
            }));
  }

  private Optional<String> overlapping(Path source, Path target) {
    List<Path> names = new ArrayList<>(List.of(source, target));
    facts.of(source.toString()).aliases().forEach(alias -> names.add(Path.of(alias)));
    for (Path name : names) {
      if (overlap(name, workspace)) {
        return Optional.of(
            "\"%s\" and the workspace lie in each other, and that is seen anyway".formatted(name));
      }
    }
    for (Enclosure.Mount other : mounts) {
      if (overlap(other.target(), target)) {
        return Optional.of("\"%s\" and \"%s\" lie in each other".formatted(other.target(), target));
      }
    }
    return Optional.empty();
  }

  private static boolean overlap(Path one, Path other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  private Optional<String> objection(Path source, Path target, Enclosure.Mount.Mode mode) {
    if (target.equals(source)) {
      return Optional.empty();
    }
    return switch (backend.mounts()) {
      case MountPlaces.Nowhere(String reason) -> Optional.of(reason);
      case MountPlaces.Anywhere() -> Optional.empty();
      case MountPlaces.InPlace() ->
          Optional.of(
              "the sandbox \"%s\" shows \"%s\" where it is and nowhere else"
                  .formatted(backend.name(), source));
      case MountPlaces.Beside() ->
          isFree(target) && (mode == Enclosure.Mount.Mode.READ_ONLY || Files.isDirectory(source))
              ? Optional.empty()
              : Optional.of(
                  "behind \"%s\" things are seen where they are, or below /mnt, /media, /tmp and"
                          .formatted(backend.name())
                      + " /var/tmp, or instead of what is there below /opt and /srv, and a file to"
                      + " write where it is: \"%s\" is none of these".formatted(target));
    };
  }

  private boolean isFree(Path target) {
    boolean below =
        FREE.stream().anyMatch(folder -> target.startsWith(folder) && !target.equals(folder));
    boolean ours = target.startsWith(Enclosure.Exits.Proxy.TRUST);
    // A link on the way would lead the mount elsewhere.
    return below && !ours && facts.of(target.toString()).real().equals(target.toString());
  }

  private static Optional<String> inside(Path source) {
    try {
      return MountPoints.anyInside(source)
          ? Optional.of("something is mounted in \"%s\", and would come along".formatted(source))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("what is mounted in \"%s\" cannot be found out".formatted(source));
    }
  }
}
