// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.staging.Upper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Makes single paths of the workspace show again although a folder around them was deleted or
/// replaced in the upper layer. Everything else stays hidden as it was.
final class StagedReveal {

  private final StagingArea area;
  private final Origins recorded;
  private final NavigableMap<String, Optional<Entry>> origins;

  StagedReveal(StagingArea area, Packs packs, StagedTable table) {
    this.area = area;
    this.recorded = new Origins(packs);
    this.origins = new TreeMap<>(table.origins());
  }

  /// Returns the table after what is staged at `path` is gone.
  StagedTable at(String path) throws IOException {
    Path upper = area.upper();
    Path lower = area.workspace();
    String at = "";
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length - 1; i++) {
      upper = upper.resolve(Names.name(names[i]));
      lower = lower.resolve(Names.name(names[i]));
      at = Names.join(at, names[i]);
      switch (Upper.kind(upper)) {
        case FOLDER -> {}
        case WHITEOUT -> {
          Path made = Files.createTempDirectory(area.spare(), "");
          Files.setPosixFilePermissions(made, Files.getPosixFilePermissions(lower));
          Files.delete(upper);
          Files.move(made, upper);
          hideAll(upper, lower, at);
        }
        case OPAQUE -> {
          hideAll(upper, lower, at);
          Upper.show(upper);
        }
        case NOTHING, FILE, LINK, SPECIAL -> {
          return new StagedTable(Optional.empty(), origins);
        }
      }
    }
    Upper.deleteAll(upper.resolve(Names.name(names[names.length - 1])));
    return new StagedTable(Optional.empty(), origins);
  }

  private void hideAll(Path upper, Path lower, String at) throws IOException {
    Optional<Entry> origin = origins.getOrDefault(at, Optional.empty());
    NavigableMap<String, Entry> was =
        origin.orElse(null) instanceof Entry.Folder(Hash tree, _)
            ? recorded.listing(tree)
            : new TreeMap<>();
    if (Files.isDirectory(lower, LinkOption.NOFOLLOW_LINKS)) {
      for (Path child : Upper.children(lower)) {
        Path above = upper.resolve(child.getFileName());
        if (Upper.kind(above) == Upper.Kind.NOTHING) {
          Upper.whiteout(above, area.spare());
        } else if (Upper.kind(above) == Upper.Kind.FOLDER) {
          Upper.hide(above);
        }
      }
    }
    for (Path child : Upper.children(upper)) {
      String name = Names.of(child);
      origins.put(Names.join(at, name), Optional.ofNullable(was.get(name)));
    }
  }
}
