// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The private folder of one session on this machine: the pinned key, the socket of the link, what
/// the client had to say. Only its owner can open it.
final class NearFolder implements AutoCloseable {

  /* A socket's path has at most 107 bytes, and the client adds 17 while it makes one. */
  private static final int LONGEST_FOLDER = 70;
  private static final int MAX_LOG = 8 << 10;

  private final Path folder;

  private NearFolder(Path folder) {
    this.folder = folder;
  }

  /// Returns a new one below `state`, or in the folder for temporary files when that is too long
  /// for a socket or has characters the client would read otherwise.
  static NearFolder create(Path state) throws IOException {
    boolean fits =
        state.toString().length() <= LONGEST_FOLDER - 25 && SshOptions.isPlain(state.toString());
    if (!fits) {
      return new NearFolder(Files.createTempDirectory("redoubt-ssh").toRealPath());
    }
    Files.createDirectories(state);
    return new NearFolder(Files.createTempDirectory(state, "ssh").toRealPath());
  }

  Path folder() {
    return folder;
  }

  Path socket(int number) {
    return folder.resolve("s" + number);
  }

  Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /// Pins the key of the far machine and returns the file.
  Path pin(HostKey.Line key) throws IOException {
    Path file = folder.resolve("known_hosts");
    String line = "%s %s %s\n".formatted(SshOptions.ALIAS, key.type(), key.base64());
    return Files.write(file, line.getBytes(US_ASCII));
  }

  /// Returns the beginning of what the client wrote to `log`.
  String read(Path log) {
    try (InputStream in = Files.newInputStream(log)) {
      return new String(in.readNBytes(MAX_LOG), US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
