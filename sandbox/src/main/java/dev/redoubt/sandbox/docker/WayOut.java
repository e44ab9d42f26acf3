// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.network.LoopbackRelay;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// How commands in a container reach the egress proxy: a second container shares the network of the
/// first, which has nothing but a loopback, and runs [ProxyRelay] there.
///
/// The first container gets no program, no socket and no memory of the second. The second runs
/// Redoubt's own classes on Redoubt's own runtime; of the image it uses nothing.
///
/// @param socket of the proxy
/// @param port where programs expect it
/// @param runtime what runs the relay
/// @param classes a folder with the classes of the relay, taken away by [#forget]
record WayOut(Path socket, int port, HostRuntime runtime, Path classes) {

  private static final List<Class<?>> NEEDED = List.of(ProxyRelay.class, LoopbackRelay.class);
  private static final String SOCKET = "/redoubt/proxy";
  private static final String CLASSES = "/redoubt/classes";
  private static final Set<PosixFilePermission> OWN_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  WayOut {
    requireNonNull(socket, "socket");
    requireNonNull(runtime, "runtime");
    requireNonNull(classes, "classes");
  }

  /// Returns the way to `proxy`.
  ///
  /// @param state where the classes are laid out
  /// @throws WallException if there cannot be one on this machine
  static WayOut to(Exits.Proxy proxy, Path state) throws IOException {
    int colon = proxy.address().lastIndexOf(':');
    int port;
    try {
      port = Integer.parseInt(proxy.address().substring(colon + 1));
    } catch (NumberFormatException e) {
      throw WallException.cannotStart(
          "the address \"%s\" of the egress proxy has no port".formatted(proxy.address()), "");
    }
    HostRuntime runtime = HostRuntime.here();
    open(proxy.socket());
    return new WayOut(proxy.socket(), port, runtime, lend(state));
  }

  /* Who is who in a container is the engine's to say. Nobody else of this machine gets as far as
   * the socket, because nobody gets through its folder. */
  private static void open(Path socket) throws IOException {
    Path folder = requireNonNull(socket.getParent(), "folder of the socket");
    if (!Files.getPosixFilePermissions(folder).equals(OWN_FOLDER)) {
      throw WallException.cannotStart(
          "the folder \"%s\" of the egress proxy lets others in".formatted(folder),
          "chmod 700 \"%s\"".formatted(folder));
    }
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  private static Path lend(Path state) throws IOException {
    Path parent = Files.createDirectories(state.resolve("docker"));
    Path folder = Files.createTempDirectory(parent, "relay-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Class<?> needed : NEEDED) {
      String name = fileOf(needed);
      Path file = folder.resolve(name);
      Files.createDirectories(requireNonNull(file.getParent(), "folder"));
      try (InputStream in = needed.getResourceAsStream("/" + name)) {
        if (in == null) {
          throw WallException.cannotStart(
              "the class %s is not where it was loaded from".formatted(needed.getName()), "");
        }
        Files.copy(in, file);
      }
    }
    return folder;
  }

  private static String fileOf(Class<?> needed) {
    return needed.getName().replace('.', '/') + ".class";
  }

  /// Takes away what was laid out.
  void forget() throws IOException {
    for (Class<?> needed : NEEDED) {
      Path at = classes.resolve(fileOf(needed));
      Files.deleteIfExists(at);
      for (Path folder = at.getParent();
          folder != null && folder.startsWith(classes);
          folder = folder.getParent()) {
        if (!isEmpty(folder)) {
          break;
        }
        Files.delete(folder);
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var names = Files.newDirectoryStream(folder)) {
      return !names.iterator().hasNext();
    }
  }

  /// Returns the arguments for `docker` that start the relay in the network of the container `id`.
  ///
  /// @param plan how that one was made
  List<String> arguments(
      String name, String id, ContainerPlan plan, ContainerMount.Recursion recursion) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "--rm",
                "--interactive",
                "--name=" + name,
                "--label=" + Leftovers.label(),
                "--pull=never",
                "--init=false",
                "--no-healthcheck",
                "--log-driver=none",
                "--user=" + plan.user().option(),
                "--workdir=/",
                "--network=container:" + id,
                "--ipc=private",
                "--cgroupns=private",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--read-only",
                "--pids-limit=256",
                "--memory=256m",
                "--memory-swap=256m",
                "--ulimit=core=0"));
    List<ContainerMount> mounts = new ArrayList<>(runtime.mounts());
    mounts.add(new ContainerMount(socket, SOCKET, ContainerMount.Mode.READ_ONLY));
    mounts.add(new ContainerMount(classes, CLASSES, ContainerMount.Mode.READ_ONLY));
    for (ContainerMount mount : mounts) {
      all.add("--mount=" + mount.option(recursion));
    }
    all.addAll(List.of("--entrypoint=" + runtime.program(), plan.image().id()));
    all.addAll(runtime.arguments());
    all.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:ActiveProcessorCount=2",
            "-Xmx64m",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-cp",
            CLASSES,
            ProxyRelay.class.getName(),
            String.valueOf(port),
            SOCKET));
    return all;
  }
}
