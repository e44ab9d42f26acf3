// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.wall.WallException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The Java runtime that Redoubt itself runs on, with every library it needs of this machine, so
/// that it runs on top of any root file system.
///
/// @param home of the runtime
/// @param loader what loads programs, in the manner of `/lib64/ld-linux-x86-64.so.2`
/// @param libraries what is loaded besides, the loader not among them
record HostRuntime(Path home, Path loader, List<Path> libraries) {

  private static final String WHERE = "/redoubt/";
  private static final int MOST_LINES = 100_000;

  HostRuntime {
    requireNonNull(home, "home");
    requireNonNull(loader, "loader");
    libraries = List.copyOf(libraries);
  }

  /// Returns the runtime of this process: what it needs is what it has loaded.
  ///
  /// @throws WallException if this system does not show that
  static HostRuntime here() throws IOException {
    Path home = Path.of(System.getProperty("java.home", "/")).toRealPath();
    Path maps = Path.of("/proc/self/maps");
    if (!Files.isReadable(maps)) {
      throw WallException.cannotStart(
          "a way out of a container needs Linux on this side", "run it without the network");
    }
    return among(home, loaded(maps));
  }

  private static HostRuntime among(Path home, Set<Path> loaded) throws WallException {
    List<Path> libraries = new ArrayList<>();
    Path loader = null;
    for (Path file : loaded) {
      String name = String.valueOf(file.getFileName());
      if (file.startsWith(home) || !name.contains(".so") || !Files.isRegularFile(file)) {
        continue;
      }
      if (name.startsWith("ld-") || name.startsWith("ld64")) {
        loader = file;
      } else {
        libraries.add(file);
      }
    }
    if (loader == null || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
      throw WallException.cannotStart(
          "the Java runtime at \"%s\" cannot be lent to a container".formatted(home),
          "run it without the network, or with --sandbox bubblewrap");
    }
    return new HostRuntime(home, loader, libraries);
  }

  private static Set<Path> loaded(Path maps) throws IOException {
    Set<Path> loaded = new LinkedHashSet<>();
    try (BufferedReader lines = Files.newBufferedReader(maps, StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      for (int i = 0; line != null && i < MOST_LINES; i++) {
        int slash = line.indexOf('/');
        if (slash > 0) {
          loaded.add(Path.of(line.substring(slash)));
        }
        line = lines.readLine();
      }
    }
    return loaded;
  }

  /// Returns all of it as mounts into a container.
  List<ContainerMount> mounts() {
    List<ContainerMount> mounts = new ArrayList<>();
    mounts.add(mount(home, WHERE + "java"));
    mounts.add(mount(loader, inside(loader)));
    for (Path library : libraries) {
      mounts.add(mount(library, inside(library)));
    }
    return mounts;
  }

  private static ContainerMount mount(Path source, String target) {
    return new ContainerMount(source, target, ContainerMount.Mode.READ_ONLY);
  }

  private static String inside(Path library) {
    return WHERE + "lib/" + library.getFileName();
  }

  /// Returns the program in a container that has the mounts.
  String program() {
    return inside(loader);
  }

  /// Returns its arguments up to the options of `java`.
  List<String> arguments() {
    return List.of("--library-path", WHERE + "lib:" + WHERE + "java/lib", WHERE + "java/bin/java");
  }
}
