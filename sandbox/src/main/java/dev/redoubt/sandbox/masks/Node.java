// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.sandbox.masks.Mask.Kind;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the file system says about one name, without following a link.
///
/// @param kind what lies there; what is neither a folder nor a link counts as a file
/// @param identity which file it is, whatever it is called
/// @param links how many names it has
/// @param changed milliseconds since 1970; nobody but the kernel sets it
record Node(Kind kind, Identity identity, long links, long changed) {

  private static final boolean KNOWS_INODES =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
  private static final String ASKED = "unix:mode,dev,ino,nlink,ctime";
  private static final int TYPE = 0170000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;

  /// One file of one device.
  record Identity(long device, long inode) {
    static final Identity UNKNOWN = new Identity(0, 0);
  }

  static Node of(Path path) throws IOException {
    if (!KNOWS_INODES) {
      BasicFileAttributes facts =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Kind kind =
          facts.isSymbolicLink() ? Kind.LINK : facts.isDirectory() ? Kind.FOLDER : Kind.FILE;
      return new Node(kind, Identity.UNKNOWN, 1, Long.MAX_VALUE);
    }
    Map<String, Object> facts = Files.readAttributes(path, ASKED, LinkOption.NOFOLLOW_LINKS);
    int type = (int) number(facts.get("mode")) & TYPE;
    Kind kind = type == LINK ? Kind.LINK : type == FOLDER ? Kind.FOLDER : Kind.FILE;
    return new Node(
        kind,
        new Identity(number(facts.get("dev")), number(facts.get("ino"))),
        number(facts.get("nlink")),
        facts.get("ctime") instanceof FileTime time
            ? time.to(TimeUnit.MILLISECONDS)
            : Long.MAX_VALUE);
  }

  private static long number(@Nullable Object value) throws IOException {
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new IOException("the file system does not say what is needed");
  }

  /// Returns whether it is a file that has other names as well.
  boolean isShared() {
    return kind == Kind.FILE && links > 1;
  }
}
