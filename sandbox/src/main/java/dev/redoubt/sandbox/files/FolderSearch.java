// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import dev.redoubt.sandbox.files.Listing.Entry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Looks for lines in every file below a folder, without following links.
///
/// Binary files and files over 4 MiB are passed over. At most 1,000 lines are found and 100,000
/// files looked at.
public final class FolderSearch {

  private static final int MAX_LINES = 1_000;
  private static final int MAX_FILES = 100_000;
  private static final int MAX_DEPTH = 64;
  private static final long MAX_SIZE = 4L << 20;
  private static final int MAX_SHOWN = 400;

  private final FileAccess files;
  private final Predicate<Path> readable;
  private final List<Matches.Line> found = new ArrayList<>();
  private int looked;
  private int hidden;
  private boolean complete = true;

  /// @param files access to the folder
  /// @param readable says of a real path whether it may be read
  public FolderSearch(FileAccess files, Predicate<Path> readable) {
    this.files = requireNonNull(files, "files");
    this.readable = requireNonNull(readable, "readable");
  }

  /// Returns the lines below `folder`, a real path, in which `pattern` is found.
  ///
  /// @throws IOException if the folder itself cannot be read
  public Matches find(Path folder, Pattern pattern) throws IOException {
    search(folder, "", pattern, 0);
    return new Matches(found, complete, hidden);
  }

  private void search(Path folder, String prefix, Pattern pattern, int depth) throws IOException {
    Listing listing = files.list(folder);
    complete &= listing.complete();
    for (Entry entry : listing.entries()) {
      if (found.size() >= MAX_LINES || looked >= MAX_FILES || depth >= MAX_DEPTH) {
        complete = false;
        return;
      }
      Path at = folder.resolve(entry.name());
      switch (entry.kind()) {
        case FOLDER -> below(at, prefix + entry.name() + "/", pattern, depth + 1);
        case FILE -> file(at, prefix + entry.name(), entry.size(), pattern);
        case LINK, SPECIAL -> {}
      }
    }
  }

  private void below(Path folder, String prefix, Pattern pattern, int depth) {
    try {
      search(folder, prefix, pattern, depth);
    } catch (IOException e) {
      complete = false;
    }
  }

  private void file(Path file, String shown, long size, Pattern pattern) {
    looked++;
    if (!readable.test(file)) {
      hidden++;
      return;
    }
    if (size > MAX_SIZE) {
      complete = false;
      return;
    }
    try (InputStream in = new BufferedInputStream(Channels.newInputStream(files.read(file)))) {
      byte[] bytes = in.readNBytes((int) MAX_SIZE);
      if (!isBinary(bytes)) {
        lines(new String(bytes, UTF_8), shown, pattern);
      }
    } catch (IOException e) {
      complete = false;
    }
  }

  private void lines(String text, String shown, Pattern pattern) {
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (pattern.matcher(line).find()) {
        if (found.size() >= MAX_LINES) {
          complete = false;
          return;
        }
        String head = line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) : line;
        found.add(new Matches.Line(shown, number, head));
      }
    }
  }

  private static boolean isBinary(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, 8_000); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }
}
