// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import dev.redoubt.testkit.Engines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real sshd on loopback, with keys, a port and a configuration of its own. Whoever starts it
/// closes it.
public final class SshServer implements AutoCloseable {

  private static final int ATTEMPTS = 200;

  private final Path folder;
  private final int port;
  private final Place place;
  private final List<String> extra;
  private Process daemon;

  private SshServer(Path folder, int port, Place place, List<String> extra) {
    this.folder = folder;
    this.port = port;
    this.place = place;
    this.extra = extra;
  }

  /// Where one listens.
  ///
  /// @param start what starts it there
  record Place(String address, List<String> start) {
    static final Place HERE = new Place("127.0.0.1", List.of());
  }

  /// Returns a running one that keeps its files in `folder`.
  ///
  /// @param extra lines of its configuration
  public static SshServer start(Path folder, String... extra)
      throws IOException, InterruptedException {
    return start(folder, Place.HERE, extra);
  }

  static SshServer start(Path folder, Place place, String... extra)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    SshServer server = new SshServer(folder, port, place, List.of(extra));
    server.key("host");
    server.key("user");
    Files.copy(folder.resolve("user.pub"), folder.resolve("authorized"));
    server.listen();
    return server;
  }

  private void key(String name) throws IOException, InterruptedException {
    Process made =
        new ProcessBuilder(
                Engines.path("ssh-keygen").toString(),
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                name,
                "-f",
                folder.resolve(name).toString())
            .inheritIO()
            .start();
    if (made.waitFor() != 0) {
      throw new AssertionError("no key could be made");
    }
  }

  /// Listens, again after [#cut()].
  public void listen() throws IOException, InterruptedException {
    Path separation = Path.of("/run/sshd");
    if (Files.isWritable(Path.of("/run"))) {
      Files.createDirectories(separation);
    }
    Files.writeString(
        folder.resolve("config"),
        """
        Port %d
        ListenAddress %s
        HostKey %s
        AuthorizedKeysFile %s
        PidFile none
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        MaxStartups 200
        LogLevel VERBOSE
        %s
        """
            .formatted(
                port,
                place.address(),
                folder.resolve("host"),
                folder.resolve("authorized"),
                String.join("\n", extra)));
    List<String> argv = new ArrayList<>(place.start());
    argv.addAll(List.of(Engines.path("sshd").toString(), "-D", "-e", "-f"));
    argv.add(folder.resolve("config").toString());
    daemon =
        new ProcessBuilder(argv)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    for (int i = 0; i < ATTEMPTS; i++) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(place.address(), port), 1000);
        return;
      } catch (IOException e) {
        if (daemon.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new AssertionError("sshd ended: " + Files.readString(log()), e);
        }
      }
    }
    throw new AssertionError("sshd does not listen: " + Files.readString(log()));
  }

  /// Returns what it logs.
  public Path log() {
    return folder.resolve("log");
  }

  /// Returns the settings with which it is reached.
  public SshSettings settings(String remoteFolder) throws IOException {
    return settings(remoteFolder, hostKey());
  }

  /// Returns the settings with another host key pinned.
  public SshSettings settings(String remoteFolder, HostKey key) {
    return new SshSettings(
        new SshSettings.Destination(place.address(), port, System.getProperty("user.name")),
        folder.resolve("user"),
        key,
        remoteFolder,
        Duration.ofSeconds(10));
  }

  /// Returns the key it shows.
  public HostKey hostKey() throws IOException {
    return HostKey.read(Files.readString(folder.resolve("host.pub")));
  }

  /// Returns the processes of its connections.
  public List<ProcessHandle> connections() {
    return daemon.children().toList();
  }

  /// Cuts every connection, without a word to either side. What runs behind them goes on.
  public void cutConnections() {
    for (ProcessHandle connection : connections()) {
      connection.destroyForcibly();
    }
  }

  /// Ends it and every connection.
  public void cut() throws InterruptedException {
    List<ProcessHandle> connections = connections();
    daemon.destroyForcibly().waitFor();
    connections.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    try {
      cut();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
