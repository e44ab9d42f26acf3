// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit.npm;

import dev.redoubt.testkit.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Packages of npm in exact versions, installed once for all tests of this checkout, below
/// `testkit/target/npm`, without running their install scripts.
///
/// Tests of several modules may ask at the same time: one installs, the others wait. Where npm
/// cannot install (no network), the test is left out, unless engines are required. Safe to share.
public final class NpmPrograms {

  private static final String NODE_VERSION = "22.23.3";
  private static final int MOST_MINUTES = 5;
  private static final List<String> HIDDEN =
      List.of("/tmp", "/var/tmp", "/home", "/root", "/mnt", "/media", "/run");
  private static final Object ONE_AT_A_TIME = new Object();

  private final Path folder;

  private NpmPrograms(Path folder) {
    this.folder = folder;
  }

  /// Returns `packages`, each as `name@version`, installed beside each other.
  public static NpmPrograms of(String... packages) {
    TreeSet<String> wanted = new TreeSet<>(List.of(packages));
    for (String each : wanted) {
      if (!each.matches("(@[a-z0-9._-]+/)?[a-z0-9._-]+@[0-9]+\\.[0-9]+\\.[0-9]+[a-z0-9.-]*")) {
        throw new IllegalArgumentException("no exact version: \"%s\"".formatted(each));
      }
    }
    String name = String.join("+", wanted).replace('/', '!');
    Path cache =
        Path.of(System.getProperty("redoubt.root", ".."), "testkit/target/npm")
            .toAbsolutePath()
            .normalize();
    Path folder = cache.resolve(name);
    try {
      synchronized (ONE_AT_A_TIME) {
        install(cache, folder, List.copyOf(wanted));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new NpmPrograms(folder);
  }

  /// Returns a Node.js 22, whatever the machine has.
  public static Path node() {
    String arch =
        switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
          case "aarch64", "arm64" -> "arm64";
          default -> "x64";
        };
    String name = "node-linux-" + arch;
    return of(name + "@" + NODE_VERSION)
        .folder()
        .resolve("node_modules")
        .resolve(name)
        .resolve("bin/node");
  }

  /// Returns the folder in which `node_modules` lies. Tests write nothing there.
  public Path folder() {
    return folder;
  }

  /// Returns the file with which the program `name` of the packages begins, with no link in it.
  public Path program(String name) {
    try {
      return folder.resolve("node_modules/.bin").resolve(name).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the command that runs the program `name` of the packages on [#node].
  public List<String> command(String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(node().toString());
    command.add(program(name).toString());
    command.addAll(List.of(arguments));
    return List.copyOf(command);
  }

  /// Returns the command that runs the program `name` behind a wall that shows only the system's
  /// own folders and `workspace`. Where such a wall hides this checkout, in a home or below `/tmp`,
  /// the packages are copied to the workspace and run on the machine's own Node.js.
  public List<String> commandSeenFrom(Path workspace, String name, String... arguments) {
    Path program = program(name);
    if (HIDDEN.stream().noneMatch(program::startsWith)) {
      return command(name, arguments);
    }
    Path copy = workspace.resolve(".programs");
    try {
      Path from = folder.toRealPath();
      if (!Files.exists(copy)) {
        copy(from, copy);
      }
      List<String> command = new ArrayList<>();
      command.add(Engines.path("node").toString());
      command.add(copy.resolve(from.relativize(program)).toString());
      command.addAll(List.of(arguments));
      return List.copyOf(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.copy(each, to.resolve(from.relativize(each)), LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static void install(Path cache, Path folder, List<String> wanted) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(cache);
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      Path part = Files.createTempDirectory(cache, "part-");
      String said = npm(part, wanted);
      if (!said.isEmpty()) {
        throw Engines.missing("npm", "npm cannot install %s: %s".formatted(wanted, said));
      }
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /* Returns what npm said of a failure; nothing when all is there. */
  private static String npm(Path folder, List<String> wanted) throws IOException {
    Files.writeString(folder.resolve("package.json"), "{\"private\":true}\n");
    List<String> command = new ArrayList<>();
    command.add(Engines.path("npm").toString());
    command.addAll(
        List.of("install", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact"));
    command.addAll(wanted);
    Path log = folder.resolve("install.log");
    Process npm =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      npm.getOutputStream().close();
      if (!npm.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        npm.destroyForcibly();
        return "not done after %d minutes".formatted(MOST_MINUTES);
      }
    } catch (InterruptedException e) {
      npm.destroyForcibly();
      Thread.currentThread().interrupt();
      return "interrupted";
    }
    return npm.exitValue() == 0
        ? ""
        : "exit %d, %s".formatted(npm.exitValue(), Files.readString(log));
  }
}
