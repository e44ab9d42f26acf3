// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the far machine says lies in its folder. Foreign text: every name is checked.
///
/// @param tree what can be believed to be a tree at all
/// @param refused names that are none
record FarListing(Tree tree, List<SyncNotice> refused) {

  private static final int HASH = 64;

  FarListing {
    requireNonNull(tree, "tree");
    refused = List.copyOf(refused);
  }

  /// @param most entries that are taken
  /// @throws IOException if it ends in the middle, or is more
  static FarListing read(String text, Passage passage, int most) throws IOException {
    return new Reading(passage, most).read(List.of(text.split("\n", -1)).iterator());
  }

  private static final class Reading {
    private final Passage passage;
    private final int most;
    private final TreeMap<String, TreeEntry> entries = new TreeMap<>();
    private final Set<String> programs = new HashSet<>();
    private final List<SyncNotice> refused = new ArrayList<>();
    private int names;

    Reading(Passage passage, int most) {
      this.passage = requireNonNull(passage, "passage");
      this.most = most;
    }

    FarListing read(Iterator<String> lines) throws IOException {
      String section = "";
      while (lines.hasNext()) {
        String line = lines.next();
        switch (line) {
          case "folders", "programs", "links", "files" -> section = line;
          case "end", "end whole" -> {
            dropOrphans();
            return new FarListing(new Tree(entries, Set.of(), line.equals("end whole")), refused);
          }
          default -> entry(section, line, lines);
        }
      }
      throw new IOException("the far folder was not looked through to its end");
    }

    private void entry(String section, String line, Iterator<String> lines) throws IOException {
      if (++names > 3 * most) {
        throw new IOException("the far folder has more than %d files".formatted(most));
      }
      switch (section) {
        case "folders" -> name(line).ifPresent(name -> add(name, new TreeEntry.Folder()));
        case "programs" -> name(line).ifPresent(programs::add);
        case "links" -> {
          String target = lines.hasNext() ? lines.next() : "";
          name(line).ifPresent(name -> add(name, new TreeEntry.Link(target)));
        }
        case "files" -> file(line);
        default -> throw new IOException("the far folder was described in another form");
      }
    }

    /* `HASH  ./name`, after a `\` when the name has one or more of its own doubled. */
    private void file(String line) throws IOException {
      boolean escaped = line.startsWith("\\");
      String plain = escaped ? line.substring(1) : line;
      if (plain.length() < HASH + 3) {
        throw new IOException("the far folder was described in another form");
      }
      String name = plain.substring(HASH + 2);
      Optional<String> path = name(escaped ? name + "\\" : name);
      if (path.isPresent()) {
        try {
          String hash = plain.substring(0, HASH);
          add(path.get(), new TreeEntry.File(hash, programs.contains(path.get())));
        } catch (IllegalArgumentException e) {
          throw new IOException("the far folder was described in another form", e);
        }
      }
    }

    private Optional<String> name(String line) {
      if (line.equals(".")) {
        return Optional.empty();
      }
      String path = line.startsWith("./") ? line.substring(2) : "/" + line;
      Optional<String> mistake = passage.mistake(path);
      mistake.ifPresent(reason -> refused.add(new SyncNotice.Refused(path, reason)));
      return mistake.isPresent() ? Optional.empty() : Optional.of(path);
    }

    private void add(String path, TreeEntry entry) {
      entries.putIfAbsent(path, entry);
    }

    /* What lies below something that is no folder lies nowhere. */
    private void dropOrphans() throws IOException {
      if (entries.size() > most) {
        throw new IOException("the far folder has more than %d files".formatted(most));
      }
      entries
          .keySet()
          .removeIf(path -> {
            int slash = path.lastIndexOf('/');
            boolean orphan =
                slash >= 0 && !(entries.get(path.substring(0, slash)) instanceof TreeEntry.Folder);
            if (orphan) {
              refused.add(new SyncNotice.Refused(path, "it lies in no folder"));
            }
            return orphan;
          });
    }
  }
}
