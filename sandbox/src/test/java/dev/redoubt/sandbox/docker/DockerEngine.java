// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import dev.redoubt.testkit.Engines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An engine of the test run's own: its own socket, data, network and processes, with one image
/// made from the programs of this machine. Nothing of it is left when the run ends.
public final class DockerEngine implements AutoCloseable {

  /// The image every engine has. It has bash, and no registry has it.
  public static final String IMAGE = "redoubt-test/base:1";

  private static @Nullable DockerEngine shared;

  private final Path folder;
  private Process daemon;

  private DockerEngine(Path folder, Process daemon) {
    this.folder = folder;
    this.daemon = daemon;
  }

  /// Returns the engine that all tests of this run share, started by the first.
  public static synchronized DockerEngine shared() {
    DockerEngine engine = shared;
    if (engine == null) {
      engine = start();
      shared = engine;
      Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
    }
    return engine;
  }

  /// Returns a new engine, which the caller closes.
  public static DockerEngine start() {
    try {
      Path folder = Files.createTempDirectory("redoubt-docker");
      DockerEngine engine = new DockerEngine(folder, daemon(folder));
      engine.awaitAnswer();
      engine.makeImage();
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process daemon(Path folder) throws IOException {
    List<String> argv =
        List.of(
            Engines.path("dockerd").toString(),
            "--data-root=" + folder.resolve("data"),
            "--exec-root=" + folder.resolve("exec"),
            "--host=unix://" + folder.resolve("engine.sock"),
            "--pidfile=" + folder.resolve("pid"),
            "--config-file=" + Files.writeString(folder.resolve("settings.json"), "{}"),
            "--bridge=none",
            "--iptables=false",
            "--ip6tables=false");
    return new ProcessBuilder(argv)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (code("version") != 0) {
      if (System.nanoTime() > end || !daemon.isAlive()) {
        String log = Files.readString(folder.resolve("log"));
        throw new AssertionError("no engine: " + log.substring(Math.max(0, log.length() - 4000)));
      }
    }
  }

  private void makeImage() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Path script = folder.resolve("make-root.sh");
    try (InputStream in = DockerEngine.class.getResourceAsStream("make-root.sh")) {
      Files.copy(java.util.Objects.requireNonNull(in), script);
    }
    require(List.of("bash", script.toString(), root.toString()));
    Path archive = folder.resolve("root.tar");
    require(List.of("tar", "-C", root.toString(), "-cf", archive.toString(), "."));
    docker("import", archive.toString(), IMAGE);
  }

  /// Returns the settings of a backend that uses this engine and its image.
  public DockerSettings settings() {
    return new DockerSettings(
        Optional.of(IMAGE), address(), Optional.empty(), List.of(), List.of());
  }

  /// Returns where this engine is.
  public DockerSettings.Engine address() {
    return new DockerSettings.Engine(host(), Optional.empty(), Optional.empty());
  }

  String host() {
    return "unix://" + folder.resolve("engine.sock");
  }

  /// Returns what the client prints with `arguments`, which have to be good.
  public String docker(String... arguments) {
    return require(client(arguments));
  }

  private int code(String... arguments) {
    try {
      return process(client(arguments))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> client(String... arguments) {
    List<String> argv = new ArrayList<>(List.of(Engines.path("docker").toString()));
    argv.addAll(List.of(arguments));
    return argv;
  }

  private ProcessBuilder process(List<String> argv) {
    ProcessBuilder described = new ProcessBuilder(argv).redirectErrorStream(true);
    described.environment().put("DOCKER_HOST", host());
    described.environment().put("DOCKER_CONFIG", folder.resolve("client").toString());
    return described;
  }

  private String require(List<String> argv) {
    try {
      Process process = process(argv).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(argv + ": " + text);
      }
      return text.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Ends the engine as a crash would: its containers may stay.
  public void crash() {
    daemon.destroyForcibly();
    await(daemon);
  }

  /// Lets it answer nobody, without closing anything.
  public void freeze() {
    signal("-STOP");
  }

  /// Lets it go on after [#freeze()].
  public void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    require(List.of("kill", signal, String.valueOf(daemon.pid())));
  }

  /// Starts it again after a crash.
  public void restart() {
    try {
      Files.deleteIfExists(folder.resolve("pid"));
      Files.deleteIfExists(folder.resolve("exec/containerd/containerd.pid"));
      daemon = daemon(folder);
      awaitAnswer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    daemon.destroy();
    await(daemon);
    try {
      unmountAll();
      deleteAll(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /* After a crash some of its mounts stay. */
  private void unmountAll() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts")).reversed()) {
      String place = line.split(" ", -1)[1];
      if (place.startsWith(folder + "/")) {
        require(List.of("umount", place));
      }
    }
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the engine does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
