// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.MachinePaths;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of one user that agents are configured by, and nothing else of the machine.
///
/// A link counts as the file it leads to, wherever that is: people keep such files in a repository
/// of their own. What is there but cannot be read becomes a gap; what is not there is none.
public final class MachineSource implements Source {

  private static final int MOST_NAMES = 1_000;

  private final MachinePaths paths;
  private final ScanLimits limits;

  public MachineSource(MachinePaths paths, ScanLimits limits) {
    this.paths = paths;
    this.limits = limits;
  }

  @Override
  public Listing list() {
    Found found = new Found();
    for (MachinePaths.Place place : paths.places()) {
      expand(place, place.folder(), "", place.pattern().split("/", -1), found);
    }
    return new Listing(List.copyOf(found.files.values()), found.unreadable, found.gaps, List.of());
  }

  @Override
  public SourceFile open(FileEntry entry) {
    MachinePaths.Place place =
        paths.places().stream()
            .filter(candidate -> entry.path().startsWith(candidate.shownAs()))
            .max(Comparator.comparingInt(candidate -> candidate.shownAs().length()))
            .orElseThrow(() -> new IllegalArgumentException(entry.path() + " was not listed"));
    return FileTree.unlisted(real(place.folder()), place.shownAs(), limits).open(entry);
  }

  /* A home may itself be behind a link; what lies beside a file of it is inside all the same. */
  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder;
    }
  }

  private static void expand(
      MachinePaths.Place place, Path folder, String done, String[] segments, Found found) {
    int depth = done.isEmpty() ? 0 : done.split("/", -1).length;
    String segment = segments[depth];
    boolean last = depth == segments.length - 1;
    for (String name : names(place, folder, segment, done, found)) {
      String path = done.isEmpty() ? name : done + "/" + name;
      if (last) {
        add(place, folder.resolve(name), path, found);
      } else {
        expand(place, folder.resolve(name), path, segments, found);
      }
    }
  }

  private static List<String> names(
      MachinePaths.Place place, Path folder, String segment, String done, Found found) {
    if (!segment.startsWith("*")) {
      return List.of(segment);
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.endsWith(segment.substring(1)) && names.size() < MOST_NAMES) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      found.gaps.add(unlisted(place.shownAs() + done, e));
    } catch (DirectoryIteratorException e) {
      found.gaps.add(unlisted(place.shownAs() + done, new IOException(e)));
    }
    names.sort(Comparator.naturalOrder());
    return names;
  }

  private static void add(MachinePaths.Place place, Path file, String relative, Found found) {
    String path = place.shownAs() + relative;
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      FileEntry entry = new FileEntry(path, attributes.size());
      if (attributes.isRegularFile()) {
        found.files.put(path, entry);
      } else if (!attributes.isDirectory()) {
        found.unreadable.add(
            new Listing.Unreadable(entry, FileTree.special(path, file, place.folder())));
      }
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(file)) {
        found.unreadable.add(
            new Listing.Unreadable(
                new FileEntry(path, 0), FileTree.special(path, file, place.folder())));
      }
    } catch (IOException | InvalidPathException e) {
      String reason = e instanceof IOException io ? IoReason.of(io) : "is no path on this system";
      if (!reason.contains("Not a directory")) {
        found.gaps.add(new Gap(path, null, reason, "make it readable and scan again"));
      }
    }
  }

  private static Gap unlisted(String path, IOException e) {
    return new Gap(
        path, null, "cannot be listed: " + IoReason.of(e), "make it readable and scan again");
  }

  /// What has come together so far.
  private static final class Found {
    final Map<String, FileEntry> files = new TreeMap<>();
    final List<Listing.Unreadable> unreadable = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();
  }
}
