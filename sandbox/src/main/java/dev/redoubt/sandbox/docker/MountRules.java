// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.FileFacts.Facts;
import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which places of this machine a container may see. Looks, and changes nothing. Safe to share.
///
/// A place is refused when it is a sensitive one, lies in one, holds one, or leads to one: as
/// written, where its links lead, and under its other names.
public final class MountRules {

  /* Above it nobody knows what is in there. */
  private static final int MOST = 200_000;

  private static final List<Path> OF_THE_KERNEL_AND_SERVICES =
      List.of(
          Path.of("/proc"),
          Path.of("/sys"),
          Path.of("/dev"),
          Path.of("/run"),
          Path.of("/var/run"),
          Path.of("/boot"));

  /* Everything of somebody lies below these, and what is added there tomorrow too. */
  private static final Set<Path> TOO_WIDE =
      Set.of(
          Path.of("/home"),
          Path.of("/root"),
          Path.of("/Users"),
          Path.of("/etc"),
          Path.of("/var"),
          Path.of("/var/lib"),
          Path.of("/tmp"),
          Path.of("/var/tmp"),
          Path.of("/mnt"),
          Path.of("/media"),
          Path.of("/srv"));

  private final Path home;
  private final Path state;
  private final FileFacts facts;
  private final ProtectedPlaces places;

  /// @param home the home of the operator, a real path
  /// @param state where Redoubt keeps its own data, a real path
  public MountRules(Path home, Path state, FileFacts facts) {
    this.home = requireNonNull(home, "home");
    this.state = requireNonNull(state, "state");
    this.facts = requireNonNull(facts, "facts");
    this.places = ProtectedPlaces.of("/", home.toString());
  }

  /// Returns why `mount` is refused, if so.
  public Optional<String> objection(ContainerMount mount) {
    if (!MountText.isTarget(mount.target())) {
      return Optional.of("nothing can be mounted at \"%s\"".formatted(mount.target()));
    }
    boolean writable = mount.mode() == ContainerMount.Mode.WRITABLE;
    return found(mount.source())
        .map(Optional::of)
        .orElseGet(() -> named(mount.source(), writable))
        .map(Optional::of)
        .orElseGet(() -> within(Path.of(facts.of(mount.source().toString()).real()), writable));
  }

  /// Returns why `workspace` is no place for an agent behind a wall, if so. What lies in it is not
  /// looked at: the sensitive part of that is masked.
  public Optional<String> objectionToWorkspace(Path workspace) {
    return found(workspace).map(Optional::of).orElseGet(() -> named(workspace, false));
  }

  private Optional<String> found(Path source) {
    try {
      return switch (facts.of(source.toString()).kind()) {
        case NOTHING, DANGLING_LINK -> Optional.of("\"%s\" does not exist".formatted(source));
        case SPECIAL -> Optional.of("\"%s\" is a socket, a device or a pipe".formatted(source));
        case UNKNOWN, FILE, FOLDER -> Optional.empty();
      };
    } catch (UncheckedIOException e) {
      return Optional.of("where \"%s\" leads cannot be found out".formatted(source));
    }
  }

  private Optional<String> named(Path source, boolean writable) {
    Facts known = facts.of(source.toString());
    Set<Path> names = new LinkedHashSet<>();
    names.add(source.normalize());
    names.add(Path.of(known.real()));
    known.aliases().forEach(alias -> names.add(Path.of(alias)));
    for (Path name : names) {
      Optional<String> reason = reason(name, writable);
      if (reason.isPresent()) {
        String leads = name.equals(source) ? "" : " (it is \"%s\")".formatted(name);
        return Optional.of("\"%s\"%s: %s".formatted(source, leads, reason.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> reason(Path path, boolean writable) {
    if (path.getNameCount() == 0) {
      return Optional.of("it is the whole machine");
    }
    if (TOO_WIDE.contains(path) || home.startsWith(path)) {
      return Optional.of("it holds the home of somebody, or data of the system");
    }
    if (state.startsWith(path) || path.startsWith(state)) {
      return Optional.of("it holds what Redoubt keeps");
    }
    for (Path place : OF_THE_KERNEL_AND_SERVICES) {
      if (path.startsWith(place) || place.startsWith(path)) {
        return Optional.of("%s reaches past every wall".formatted(place));
      }
    }
    String text = path.toString();
    Closing closing = places.at(text);
    if (closing == Closing.HIDDEN) {
      return Optional.of("it is a place of secrets");
    }
    if (places.mayHoldHidden(text)) {
      return Optional.of("secrets lie below it");
    }
    return writable && closing != Closing.OPEN
        ? Optional.of("what lies there is obeyed or executed later")
        : Optional.empty();
  }

  /* Follows no link: in a container it leads to the container's own files. */
  private Optional<String> within(Path real, boolean writable) {
    Deque<Path> folders = new ArrayDeque<>(List.of(real));
    int seen = 0;
    while (!folders.isEmpty()) {
      Path folder = folders.remove();
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          if (++seen > MOST) {
            return Optional.of(
                "\"%s\" holds more than %d files, too many to look for secrets among"
                    .formatted(real, MOST));
          }
          if (isOdd(entry)) {
            return Optional.of(
                "the socket, device or pipe \"%s\" lies in \"%s\"".formatted(entry, real));
          }
          if (isClosed(entry, writable)) {
            return Optional.of("\"%s\" lies in \"%s\"".formatted(entry, real));
          }
          folders.add(entry);
        }
      } catch (IOException | DirectoryIteratorException e) {
        return Optional.of("\"%s\" cannot be looked into".formatted(real));
      }
    }
    return Optional.empty();
  }

  /* What answers at a socket acts outside of every wall. */
  private static boolean isOdd(Path entry) throws IOException {
    return Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther();
  }

  private boolean isClosed(Path entry, boolean writable) {
    if (!places.couldClose(entry.getFileName().toString())) {
      return false;
    }
    Closing closing = places.at(entry.toString());
    return closing == Closing.HIDDEN || (writable && closing != Closing.OPEN);
  }
}
