// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.network.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Waits for connections from this machine, or from the one network card it was told. Safe to
/// share.
public final class Listener implements AutoCloseable {

  private static final int BACKLOG = 256;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final ServerSocketChannel channel;
  private final int port;
  private final @Nullable Path file;

  private Listener(ServerSocketChannel channel, int port, @Nullable Path file) {
    this.channel = channel;
    this.port = port;
    this.file = file;
  }

  /// Listens on the Unix-domain socket `file`, which only this user can reach: the socket gets mode
  /// 0600, and its folder is made with mode 0700 or has to have no rights for others already.
  ///
  /// @throws IOException if the folder lets others in, something is at `file`, or the system
  ///   refuses; its path may have about 100 bytes
  public static Listener onSocket(Path file) throws IOException {
    Path folder = requireNonNull(file.toAbsolutePath().getParent(), "folder of the socket");
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Set<PosixFilePermission> rights =
        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    for (PosixFilePermission right : rights) {
      if (OTHERS.contains(right)) {
        throw new IOException(
            "the folder %s of the socket has mode %s, but others must not reach it: chmod 700"
                .formatted(folder, PosixFilePermissions.toString(rights)));
      }
    }
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(file), BACKLOG);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return new Listener(channel, 0, file);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Listens on `port` of `address`; with port 0 on one that is free.
  public static Listener onAddress(IpAddress address, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(new InetSocketAddress(InetAddress.getByAddress(address.bytes()), port), BACKLOG);
      int bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      return new Listener(channel, bound, null);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// Returns the port, or 0 for a Unix-domain socket.
  public int port() {
    return port;
  }

  /// Returns the next connection; whoever asked closes it.
  ///
  /// @throws java.nio.channels.ClosedChannelException once the listener was closed
  public Connection accept() throws IOException {
    SocketChannel accepted = channel.accept();
    if (file != null) {
      return Connection.of(accepted);
    }
    try {
      accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      return Connection.of(accepted.socket());
    } catch (IOException e) {
      accepted.close();
      throw e;
    }
  }

  /// Says whether somebody connected who was not accepted yet, and lets go of them. Waits for no
  /// one. Not beside [#accept].
  public boolean wasReached() throws IOException {
    channel.configureBlocking(false);
    try (SocketChannel reached = channel.accept()) {
      return reached != null;
    }
  }

  /// Stops listening and takes the socket's file away. Connections stay.
  @Override
  public void close() throws IOException {
    channel.close();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
