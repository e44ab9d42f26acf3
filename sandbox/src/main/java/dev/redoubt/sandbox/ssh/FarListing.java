// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the far machine says lies in its folder. Foreign text: every name is checked.
///
/// @param tree what can be believed to be a tree at all; nothing is known yet of the files that are
///   only stamped
/// @param refused names that are none
/// @param stamped files of which the far machine said how they look and not what is in them
/// @param used what the command used that was asked about; empty when it was not told
record FarListing(Tree tree, List<SyncNotice> refused, Stamped stamped, Optional<Usage> used) {

  private static final int HASH = 64;

  /// Files by their paths.
  ///
  /// @param programs those that their owner may run
  /// @param now when they were looked at, in nanoseconds by the clock of the far machine
  record Stamped(SortedMap<String, KnownHashes.Stamp> files, Set<String> programs, long now) {

    private static final Stamped NONE = new Stamped(new TreeMap<>(), Set.of(), 0);

    Stamped {
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
      programs = Set.copyOf(programs);
    }
  }

  FarListing {
    requireNonNull(tree, "tree");
    refused = List.copyOf(refused);
    requireNonNull(stamped, "stamped");
    requireNonNull(used, "used");
  }

  /// Returns the same with the stamped files that `hashes` names; nothing is known of the others.
  FarListing with(Map<String, String> hashes) {
    SortedMap<String, TreeEntry> entries = new TreeMap<>(tree.entries());
    Set<String> unknown = new TreeSet<>(tree.unknown());
    for (String path : stamped.files().keySet()) {
      String hash = hashes.get(path);
      if (hash == null) {
        unknown.add(path);
      } else {
        unknown.remove(path);
        entries.put(path, new TreeEntry.File(hash, stamped.programs().contains(path)));
      }
    }
    return new FarListing(new Tree(entries, unknown, tree.whole()), refused, Stamped.NONE, used);
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
    private final TreeMap<String, KnownHashes.Stamp> stamps = new TreeMap<>();
    private long now;
    private Optional<Usage> used = Optional.empty();
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
          case "used" -> used = used(lines.hasNext() ? lines.next() : "");
          case "stamps" -> {
            section = line;
            now = now(lines);
          }
          case "end", "end whole" -> {
            dropOrphans();
            Tree tree = new Tree(entries, stamps.keySet(), line.equals("end whole"));
            return new FarListing(tree, refused, new Stamped(stamps, programs, now), used);
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
        case "stamps" -> stamp(line);
        default -> throw new IOException("the far folder was described in another form");
      }
    }

    /* `MmS.Fs MmS.Fs`: in programs, in the kernel. */
    private static Optional<Usage> used(String line) {
      String[] parts = line.strip().split(" ", -1);
      Optional<Duration> user = time(parts[0]);
      Optional<Duration> system = parts.length == 2 ? time(parts[1]) : Optional.empty();
      return user.isPresent() && system.isPresent()
          ? Optional.of(new Usage(user.get(), system.get(), OptionalLong.empty()))
          : Optional.empty();
    }

    private static Optional<Duration> time(String text) {
      int minutes = text.indexOf('m');
      if (minutes < 1 || minutes > 6 || !text.endsWith("s") || text.length() > 24) {
        return Optional.empty();
      }
      try {
        long nanos = KnownHashes.Stamp.nanos(text.substring(minutes + 1, text.length() - 1));
        long whole = Long.parseLong(text.substring(0, minutes));
        return nanos < 0 || whole < 0
            ? Optional.empty()
            : Optional.of(Duration.ofMinutes(whole).plusNanos(nanos));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    private static long now(Iterator<String> lines) throws IOException {
      try {
        return KnownHashes.Stamp.nanos(lines.hasNext() ? lines.next() : "");
      } catch (IllegalArgumentException e) {
        throw new IOException("the far folder was described in another form", e);
      }
    }

    /* `INODE SIZE MODIFIED CHANGED ./name` */
    private void stamp(String line) throws IOException {
      int at = line.indexOf(" ./");
      if (at < 0) {
        throw new IOException("the far folder was described in another form");
      }
      Optional<String> path = name(line.substring(at + 1));
      if (path.isPresent()) {
        try {
          KnownHashes.Stamp stamp = KnownHashes.Stamp.read(line.substring(0, at));
          if (!entries.containsKey(path.get())) {
            stamps.putIfAbsent(path.get(), stamp);
          }
        } catch (IllegalArgumentException e) {
          throw new IOException("the far folder was described in another form", e);
        }
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
      if (entries.size() + stamps.size() > most) {
        throw new IOException("the far folder has more than %d files".formatted(most));
      }
      entries.keySet().removeIf(this::isOrphan);
      stamps.keySet().removeIf(this::isOrphan);
    }

    private boolean isOrphan(String path) {
      int slash = path.lastIndexOf('/');
      boolean orphan =
          slash >= 0 && !(entries.get(path.substring(0, slash)) instanceof TreeEntry.Folder);
      if (orphan) {
        refused.add(new SyncNotice.Refused(path, "it lies in no folder"));
      }
      return orphan;
    }
  }
}
