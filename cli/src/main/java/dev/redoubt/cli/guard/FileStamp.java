// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/// By what one sees that a file is another one or has changed, without reading it. Links are
/// followed.
///
/// @param size in bytes; -1 when there is no file, or none that can be looked at
/// @param version which file it is and when it changed last
record FileStamp(long size, String version) {

  private static final FileStamp NONE = new FileStamp(-1, "");

  FileStamp {
    requireNonNull(version, "version");
  }

  static FileStamp of(Path file) {
    // Most of what is looked at is not there, and an exception for each costs more than this.
    if (!Files.exists(file)) {
      return NONE;
    }
    try {
      BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(
          basic.size(),
          "%s %s%s".formatted(basic.fileKey(), basic.lastModifiedTime(), change(file)));
    } catch (IOException e) {
      return NONE;
    }
  }

  /* Whoever sets back the time of a file cannot set back this one. */
  private static String change(Path file) throws IOException {
    try {
      Map<String, Object> unix = Files.readAttributes(file, "unix:ctime");
      return " " + unix.get("ctime");
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return "";
    }
  }
}
