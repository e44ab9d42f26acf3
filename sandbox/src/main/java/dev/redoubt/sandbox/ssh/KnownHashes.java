// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What the files of one side hashed to when they were last read, so that only what changed is read
/// again.
///
/// A hash counts as long as inode, size, time of change of content and time of change of the inode
/// are to the nanosecond what they were. No program can set the last of them. A file that had
/// changed in the two seconds before it was looked at is not remembered: it could change again
/// within one tick of the clock of its file system, unseen. Not safe to share.
final class KnownHashes {

  private static final String FIRST_LINE = "redoubt hashes 1";
  private static final int LONGEST = 64 << 20;
  private static final long FRESH = TimeUnit.SECONDS.toNanos(2);

  private final Path file;
  private Map<String, Known> known;
  private Map<String, Known> seen = new HashMap<>();

  private record Known(String stamp, String sha256) {}

  private KnownHashes(Path file, Map<String, Known> known) {
    this.file = requireNonNull(file, "file");
    this.known = known;
  }

  /// What a file system says of a file.
  ///
  /// @param text all of it, without white space
  /// @param changed when the inode changed, in nanoseconds by the clock of its machine
  record Stamp(String text, long changed) {

    private static final int LONGEST_NUMBER = 40;

    /// Reads `INODE SIZE MODIFIED CHANGED`, times in seconds with a fraction.
    ///
    /// @throws IllegalArgumentException if it is not that
    static Stamp read(String text) {
      String[] parts = text.split(" ", -1);
      if (parts.length != 4) {
        throw new IllegalArgumentException("no stamp");
      }
      for (String part : parts) {
        boolean number =
            !part.isEmpty()
                && part.length() <= LONGEST_NUMBER
                && part.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-');
        if (!number) {
          throw new IllegalArgumentException("no stamp");
        }
      }
      return new Stamp(text.replace(' ', ':'), nanos(parts[3]));
    }

    /// Returns seconds with a fraction in nanoseconds.
    ///
    /// @throws IllegalArgumentException if it is no such number
    static long nanos(String seconds) {
      int dot = seconds.indexOf('.');
      String whole = dot < 0 ? seconds : seconds.substring(0, dot);
      String fraction = dot < 0 ? "" : seconds.substring(dot + 1);
      String nine = (fraction + "000000000").substring(0, 9);
      return TimeUnit.SECONDS.toNanos(Long.parseLong(whole)) + Long.parseLong(nine);
    }
  }

  /// Returns what `file` says; nothing when it cannot be read or believed.
  static KnownHashes read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      return new KnownHashes(
          file, bytes.length > LONGEST ? new HashMap<>() : parsed(new String(bytes, UTF_8)));
    } catch (IOException e) {
      return new KnownHashes(file, new HashMap<>());
    }
  }

  private static Map<String, Known> parsed(String text) {
    Map<String, Known> known = new HashMap<>();
    String[] lines = text.split("\n", -1);
    if (lines.length < 2 || !lines[0].equals(FIRST_LINE) || !lines[lines.length - 1].isEmpty()) {
      return known;
    }
    for (int i = 1; i < lines.length - 1; i++) {
      String[] parts = lines[i].split("\t", -1);
      if (parts.length != 3) {
        return new HashMap<>();
      }
      known.put(parts[2], new Known(parts[0], parts[1]));
    }
    return known;
  }

  /// Returns the hash of the file at `path`, if it is the one that was read.
  Optional<String> hash(String path, Stamp stamp) {
    Known found = known.get(path);
    if (found == null || !found.stamp().equals(stamp.text())) {
      return Optional.empty();
    }
    seen.put(path, found);
    return Optional.of(found.sha256());
  }

  /// Remembers what the file at `path` hashed to, unless it changed just before.
  ///
  /// @param stamp from before it was read
  /// @param now when it was, in nanoseconds by the clock of its machine
  void learn(String path, Stamp stamp, String sha256, long now) {
    if (stamp.changed() <= now - FRESH) {
      seen.put(path, new Known(stamp.text(), sha256));
    }
  }

  /// Forgets what was not seen since the last call, and keeps the rest for the next session.
  void keep() throws IOException {
    boolean same = seen.equals(known);
    known = seen;
    seen = new HashMap<>();
    if (same) {
      return;
    }
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    known.forEach((path, one) ->
        text.append(one.stamp())
            .append('\t')
            .append(one.sha256())
            .append('\t')
            .append(path)
            .append('\n'));
    Path staged = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            staged,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
    Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
