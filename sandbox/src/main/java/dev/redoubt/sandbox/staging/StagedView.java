// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.staging;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.FileFacts;
import dev.redoubt.sandbox.files.HostFileFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a workspace looks like with its staged writes: the answer the kernel gives inside an
/// overlay of the same two folders. Only looks. Safe to share.
public final class StagedView {

  private final StagingArea area;

  public StagedView(StagingArea area) {
    this.area = requireNonNull(area, "area");
  }

  /* Where one folder of the view lies in the two layers; null where it has no part in one. */
  private record Layers(Optional<Path> upper, Optional<Path> lower) {}

  /// Returns the path at which what the view has at `path` really lies: in the upper layer or in
  /// the workspace. Follows no link. What is outside the workspace is returned as it is.
  ///
  /// @param path absolute and normal
  /// @return empty if the view has nothing there
  public Optional<Path> at(Path path) {
    Path workspace = area.workspace();
    if (!path.startsWith(workspace) || path.equals(workspace)) {
      return Optional.of(path);
    }
    try {
      Layers layers = root();
      Path names = workspace.relativize(path);
      for (int i = 0; i < names.getNameCount() - 1; i++) {
        Optional<Layers> next = below(layers, names.getName(i));
        if (next.isEmpty()) {
          return Optional.empty();
        }
        layers = next.get();
      }
      return lies(layers, names.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the facts of the machine with the staged writes.
  public FileFacts facts() {
    Path nothing = area.folder().resolve("nothing").resolve("at").resolve("all");
    return HostFileFacts.through(path -> at(path).orElse(nothing));
  }

  /// Returns the facts of the machine as it is, but for git as it would be with the staged writes:
  /// each of them looks harmless where all together are a repository.
  public FileFacts applied() {
    FileFacts here = new HostFileFacts();
    FileFacts there = facts();
    return new FileFacts() {
      @Override
      public Facts of(String path) {
        return here.of(path);
      }

      @Override
      public List<Setting> repositoryPrograms(String folder) {
        return here.repositoryPrograms(folder);
      }

      @Override
      public List<String> gitNames(String path, String home) {
        List<String> names = new ArrayList<>(here.gitNames(path, home));
        names.addAll(there.gitNames(path, home));
        return names;
      }
    };
  }

  private Layers root() {
    boolean staged = Files.isDirectory(area.upper(), LinkOption.NOFOLLOW_LINKS);
    return new Layers(
        staged ? Optional.of(area.upper()) : Optional.empty(), Optional.of(area.workspace()));
  }

  private static Upper.Kind above(Layers layers, Path name) throws IOException {
    return layers.upper().isEmpty()
        ? Upper.Kind.NOTHING
        : Upper.kind(layers.upper().get().resolve(name));
  }

  private static Optional<Path> lies(Layers layers, Path name) throws IOException {
    return switch (above(layers, name)) {
      case WHITEOUT -> Optional.empty();
      case FILE, LINK, FOLDER, OPAQUE, SPECIAL -> layers.upper().map(at -> at.resolve(name));
      case NOTHING ->
          layers
              .lower()
              .map(at -> at.resolve(name))
              .filter(at -> Files.exists(at, LinkOption.NOFOLLOW_LINKS));
    };
  }

  private static Optional<Layers> below(Layers layers, Path name) throws IOException {
    Optional<Path> lower =
        layers
            .lower()
            .map(at -> at.resolve(name))
            .filter(at -> Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS));
    Optional<Path> upper = layers.upper().map(at -> at.resolve(name));
    return switch (above(layers, name)) {
      case WHITEOUT, FILE, LINK, SPECIAL -> Optional.empty();
      case FOLDER -> Optional.of(new Layers(upper, lower));
      case OPAQUE -> Optional.of(new Layers(upper, Optional.empty()));
      case NOTHING ->
          lower.isPresent() ? Optional.of(new Layers(Optional.empty(), lower)) : Optional.empty();
    };
  }

  /// Returns the paths in a folder of the view, sorted.
  ///
  /// @param folder absolute and normal; the workspace or below it
  /// @throws IOException if the view has no folder there
  public SortedSet<Path> children(Path folder) throws IOException {
    Layers layers = root();
    for (Path name : area.workspace().relativize(folder)) {
      if (!name.toString().isEmpty()) {
        layers =
            below(layers, name)
                .orElseThrow(() -> new java.nio.file.NotDirectoryException(folder.toString()));
      }
    }
    SortedSet<Path> names = new TreeSet<>();
    if (layers.lower().isPresent()) {
      for (Path child : Upper.children(layers.lower().get())) {
        names.add(folder.resolve(child.getFileName()));
      }
    }
    if (layers.upper().isPresent()) {
      for (Path child : Upper.children(layers.upper().get())) {
        Path name = folder.resolve(child.getFileName());
        if (Upper.kind(child) == Upper.Kind.WHITEOUT) {
          names.remove(name);
        } else {
          names.add(name);
        }
      }
    }
    return names;
  }
}
