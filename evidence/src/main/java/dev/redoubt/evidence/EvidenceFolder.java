// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The folder `DATA/evidence`: a folder for each stream, and `keys`.
///
/// @param path where it is, whether or not it exists
public record EvidenceFolder(Path path) {

  private static final String KEYS = "keys";
  private static final int LONGEST_NAME = 100;

  public EvidenceFolder {
    requireNonNull(path, "path");
  }

  /// Returns the one below a data folder.
  public static EvidenceFolder in(Path dataDir) {
    return new EvidenceFolder(dataDir.resolve("evidence"));
  }

  /// Returns the names of the streams, sorted; none when the folder does not exist.
  ///
  /// @throws RedoubtException if the folder cannot be read
  public List<String> streams() {
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(path)) {
      return names;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (isStream(name) && Files.isDirectory(entry)) {
          names.add(name);
        }
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "cannot list \"%s\": %s".formatted(path, e.getMessage()), e);
    }
    Collections.sort(names);
    return names;
  }

  /// Returns where the segments of `stream` lie.
  ///
  /// @throws IllegalArgumentException if that is no name of a stream
  public Path stream(String stream) {
    if (!isStream(stream)) {
      throw new IllegalArgumentException("\"%s\" is no name of a stream".formatted(stream));
    }
    return path.resolve(stream);
  }

  /// Returns where the keys lie.
  public Path keys() {
    return path.resolve(KEYS);
  }

  /// Returns whether somebody has `stream` open for writing right now.
  public boolean isLive(String stream) {
    return StreamLock.isHeld(stream(stream));
  }

  /// Returns whether `name` can be that of a stream: 1 to 100 of `a-z 0-9 . _ -`, starting with a
  /// letter or digit, and not `keys`.
  public static boolean isStream(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.equals(KEYS)) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letter && (i == 0 || (c != '.' && c != '_' && c != '-'))) {
        return false;
      }
    }
    return true;
  }
}
