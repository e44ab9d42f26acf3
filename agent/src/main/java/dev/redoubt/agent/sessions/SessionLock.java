// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// Who works on a session: one process at a time. Falls when the process ends, however it ends.
///
/// The lock is on a byte far behind the text, so that others can read who has it.
final class SessionLock implements AutoCloseable {

  private static final String NAME = "lock";
  private static final long BYTE = 1L << 20;

  private final FileChannel channel;

  private SessionLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes it.
  ///
  /// @throws SessionBusyException if somebody has it
  static SessionLock take(Path folder, SessionId session) throws IOException {
    OwnFiles.makeFolder(folder);
    Path file = folder.resolve(NAME);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OwnFiles.file());
    try {
      FileLock lock = channel.tryLock(BYTE, 1, false);
      if (lock == null) {
        throw new SessionBusyException(session, holder(file));
      }
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid), 0);
      return new SessionLock(channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new SessionBusyException(session, holder(file));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String holder(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String pid = new String(in.readNBytes(20), US_ASCII);
      return pid.matches("[0-9]+") ? "process " + pid : "another process";
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
