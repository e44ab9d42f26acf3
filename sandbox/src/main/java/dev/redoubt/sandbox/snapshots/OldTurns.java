// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Forgets the oldest turns when there are too many, they are too old or too large, and gives the
/// disk back.
///
/// First the list of turns is replaced, then packs without a needed object are deleted, and those
/// with little left are written anew. A crash in between leaves objects that nobody needs, which
/// the next time takes away.
final class OldTurns {

  private static final int LONGEST_LISTING = 64 << 20;

  private final Session session;
  private final Packs packs;
  private final SnapshotLimits.Kept kept;

  OldTurns(Session session) {
    this.session = session;
    packs = session.packs();
    kept = session.limits().kept();
  }

  /// Forgets what is over the limits; does nothing when nothing is.
  void forget() throws IOException {
    List<TurnRecord> turns = session.turns().all();
    Instant oldest = session.now().minus(kept.age());
    boolean over =
        turns.size() > kept.turns()
            || (!turns.isEmpty() && turns.getFirst().began().isBefore(oldest))
            || bytesOnDisk() > kept.bytes();
    if (!over || turns.isEmpty()) {
      return;
    }
    Set<Hash> needed = staged();
    List<TurnRecord> keep = new ArrayList<>();
    long bytes = 0;
    boolean full = false;
    for (TurnRecord turn : turns.reversed()) {
      Set<Hash> added = new HashSet<>();
      need(turn.span().afterTree(), needed, added);
      need(turn.span().beforeTree(), needed, added);
      bytes += stored(added);
      boolean fits =
          keep.size() < kept.turns() && !turn.began().isBefore(oldest) && bytes <= kept.bytes();
      full |= !fits && !keep.isEmpty();
      if (!full || turn.isOpen()) {
        needed.addAll(added);
        keep.add(turn);
      }
    }
    if (keep.size() < turns.size()) {
      Collections.reverse(keep);
      session.turns().keep(keep);
    }
    shrink(needed);
  }

  /* What was staged over something can be merged only as long as that is known. */
  private Set<Hash> staged() throws IOException {
    Set<Hash> needed = new HashSet<>();
    StagedTable table = StagedTable.read(session.folder());
    if (table.pending().isPresent()) {
      need(table.pending().get(), Set.of(), needed);
    }
    for (Optional<Entry> origin : table.origins().values()) {
      switch (origin.orElse(null)) {
        case Entry.Folder(Hash tree, _) -> need(tree, Set.of(), needed);
        case Entry.File(Hash content, _, _, _) -> needed.add(content);
        case Entry.Link _, Entry.LeftOut _ -> {}
        case null -> {}
      }
    }
    return needed;
  }

  private long bytesOnDisk() throws IOException {
    long bytes = 0;
    for (Path pack : packs.packs().keySet()) {
      bytes += Files.size(pack);
    }
    return bytes;
  }

  private long stored(Set<Hash> hashes) {
    long bytes = 0;
    for (Hash hash : hashes) {
      Packs.Place place = packs.place(hash);
      bytes += place == null ? 0 : place.stored() + Packs.ROW;
    }
    return bytes;
  }

  /* Adds the listing and all below it that is neither needed nor added yet. */
  private void need(Hash tree, Set<Hash> needed, Set<Hash> added) throws IOException {
    if (needed.contains(tree) || !added.add(tree) || !packs.contains(tree)) {
      return;
    }
    for (Entry entry : TreeText.entries(packs.read(tree, LONGEST_LISTING)).values()) {
      switch (entry) {
        case Entry.Folder(Hash below, _) -> need(below, needed, added);
        case Entry.File(Hash content, _, _, _) -> {
          if (!needed.contains(content)) {
            added.add(content);
          }
        }
        case Entry.Link _, Entry.LeftOut _ -> {}
      }
    }
  }

  private void shrink(Set<Hash> needed) throws IOException {
    Map<Path, List<Hash>> all = Map.copyOf(packs.packs());
    List<Path> emptied = new ArrayList<>();
    Packs fresh = Packs.none(session.folder());
    try (PackWriter writer = new PackWriter(fresh)) {
      for (Map.Entry<Path, List<Hash>> pack : all.entrySet()) {
        List<Hash> alive =
            pack.getValue().stream()
                .filter(needed::contains)
                .filter(hash -> isAt(hash, pack.getKey()))
                .toList();
        if (stored(new HashSet<>(alive)) * 2 < Files.size(pack.getKey())) {
          for (Hash hash : alive) {
            writer.add(() -> content(hash), Long.MAX_VALUE);
          }
          emptied.add(pack.getKey());
        }
      }
      writer.commit();
    }
    emptied.removeAll(fresh.packs().keySet());
    for (Path pack : emptied) {
      session.folder().delete(pack);
    }
    packs.reload();
  }

  private boolean isAt(Hash hash, Path pack) {
    Packs.Place place = packs.place(hash);
    return place != null && place.pack().equals(pack);
  }

  private ReadableByteChannel content(Hash hash) throws IOException {
    Packs.Place place = packs.place(hash);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(place == null ? 0 : (int) place.size());
    packs.copy(hash, bytes);
    return Channels.newChannel(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
