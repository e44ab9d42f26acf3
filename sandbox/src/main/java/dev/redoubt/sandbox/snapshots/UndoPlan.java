// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.snapshots.Differences.Change;
import dev.redoubt.sandbox.snapshots.Undo.OnConflict;
import dev.redoubt.sandbox.snapshots.Untouched.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Works out what to write so that turns are taken back and everything else stays.
///
/// For each path of a turn three states count: what the turn left (the origin), what is there now,
/// and what was there before it (the wish). Unchanged since: the wish is done. Changed since: text
/// is merged line by line, and what cannot be merged is a conflict, of which nothing is touched.
/// Nothing is written but merged texts, into the store.
final class UndoPlan {

  private final Packs packs;
  private final PackWriter pack;
  private final OnConflict onConflict;
  private final State now;
  private final NavigableMap<String, Entry> goal;
  private final NavigableSet<String> touched = new TreeSet<>();
  private final NavigableMap<String, Untouched> untouched = new TreeMap<>();
  private final Map<Hash, byte[]> merged = new HashMap<>();

  UndoPlan(Packs packs, PackWriter pack, State now, OnConflict onConflict) {
    this.packs = packs;
    this.pack = pack;
    this.now = now;
    this.onConflict = onConflict;
    goal = new TreeMap<>(now.entries());
  }

  /// Plans to take back what `turns` changed, the latest turn first. What is there already as it
  /// was before all of them, or with nothing of them left in it, is done: an undo of them before
  /// this one did not get everything.
  void takeBack(List<NavigableMap<String, Change>> turns) throws IOException {
    Map<String, Change> first = new HashMap<>();
    turns.forEach(first::putAll);
    Map<String, Change> last = new HashMap<>();
    turns.reversed().forEach(last::putAll);
    Set<String> done = new HashSet<>();
    for (String path : first.keySet()) {
      Entry end = requireNonNull(first.get(path)).before();
      if (isBack(at(path, now.entries()), end, requireNonNull(last.get(path)).after())) {
        done.add(path);
      }
    }
    for (NavigableMap<String, Change> changes : turns) {
      for (Map.Entry<String, Change> change : changes.entrySet()) {
        String path = change.getKey();
        if (!done.contains(path)) {
          takeBack(path, change.getValue().before(), change.getValue().after());
        }
      }
    }
  }

  /* Also where an undo before this one merged it with what somebody else had changed: turn by turn
   * that would look like a conflict, as one step it is there already. */
  private boolean isBack(@Nullable Entry current, @Nullable Entry end, @Nullable Entry origin)
      throws IOException {
    return Entry.same(current, end)
        || (!Entry.same(current, origin)
            && merge(end, origin, current).filter(both -> Entry.same(both, current)).isPresent());
  }

  private void takeBack(String path, @Nullable Entry wish, @Nullable Entry origin)
      throws IOException {
    if (untouched.containsKey(path)) {
      return;
    }
    Entry current = current(path);
    if (Entry.same(current, wish)) {
      return;
    }
    Entry unknown = leftOut(wish, origin, current);
    if (unknown instanceof Entry.LeftOut left) {
      leave(path, Why.LEFT_OUT, left.why().words() + ", so it was not recorded");
    } else if (Entry.same(current, origin) || onConflict == OnConflict.OVERWRITE) {
      set(path, wish);
    } else {
      Optional<Entry> both = merge(wish, origin, current);
      if (both.isPresent()) {
        set(path, both.get());
      } else {
        leave(path, Why.CONFLICT, conflict(wish, origin, current));
      }
    }
  }

  private static @Nullable Entry leftOut(
      @Nullable Entry wish, @Nullable Entry origin, @Nullable Entry current) {
    if (wish instanceof Entry.LeftOut) {
      return wish;
    }
    return origin instanceof Entry.LeftOut
        ? origin
        : current instanceof Entry.LeftOut ? current : null;
  }

  private static String conflict(
      @Nullable Entry wish, @Nullable Entry origin, @Nullable Entry current) {
    if (current == null) {
      return "it was deleted since, and the turn had changed it";
    }
    if (origin == null) {
      return "the turn deleted it, and something else was put there since";
    }
    return wish == null
        ? "the turn created it, and it was changed since"
        : "it was changed since, in the same place or in a way that cannot be merged";
  }

  private @Nullable Entry current(String path) {
    return at(path, goal);
  }

  private static @Nullable Entry at(String path, NavigableMap<String, Entry> entries) {
    Entry found = entries.get(path);
    return found != null ? found : State.hidden(entries, path);
  }

  private void set(String path, @Nullable Entry wish) {
    touched.add(path);
    put(path, wish);
  }

  private void put(String path, @Nullable Entry entry) {
    if (entry == null) {
      goal.remove(path);
    } else {
      goal.put(path, entry);
    }
  }

  /* The goal for the path is again what is there now. */
  private void leave(String path, Why why, String reason) {
    untouched.put(path, new Untouched(Names.shown(path), why, reason));
    put(path, now.entries().get(path));
  }

  private Optional<Entry> merge(
      @Nullable Entry wish, @Nullable Entry origin, @Nullable Entry current) throws IOException {
    if (wish instanceof Entry.File back
        && origin instanceof Entry.File left
        && current instanceof Entry.File found) {
      Optional<Integer> mode = mode(back.mode(), left.mode(), found.mode());
      Optional<Entry.File> content = content(back, left, found);
      if (mode.isPresent() && content.isPresent()) {
        Entry.File text = content.get();
        return Optional.of(new Entry.File(text.content(), text.size(), 0, mode.get()));
      }
    } else if (wish instanceof Entry.Folder back
        && origin instanceof Entry.Folder left
        && current instanceof Entry.Folder found) {
      return mode(back.mode(), left.mode(), found.mode())
          .map(mode -> new Entry.Folder(found.tree(), mode));
    }
    return Optional.empty();
  }

  private static Optional<Integer> mode(int wish, int origin, int current) {
    if (wish == origin || wish == current) {
      return Optional.of(current);
    }
    return current == origin ? Optional.of(wish) : Optional.empty();
  }

  private Optional<Entry.File> content(Entry.File wish, Entry.File origin, Entry.File current)
      throws IOException {
    if (wish.content().equals(origin.content()) || wish.content().equals(current.content())) {
      return Optional.of(current);
    }
    if (current.content().equals(origin.content())) {
      return Optional.of(wish);
    }
    int most = TextMerge.MOST_BYTES;
    if (wish.size() > most || origin.size() > most || current.size() > most) {
      return Optional.empty();
    }
    Optional<byte[]> text =
        TextMerge.merge(bytes(origin.content()), bytes(current.content()), bytes(wish.content()));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Hash hash = pack.add(text.get());
    merged.put(hash, text.get());
    return Optional.of(new Entry.File(hash, text.get().length, 0, 0));
  }

  private byte[] bytes(Hash hash) throws IOException {
    byte[] fresh = merged.get(hash);
    return fresh != null ? fresh : packs.read(hash, TextMerge.MOST_BYTES);
  }

  /// Returns what has to be written, sorted by path. Call it last.
  List<Step> steps() {
    keepWhatHoldsMore();
    requireFolders();
    List<Step> steps = new ArrayList<>();
    for (String path : touched) {
      Entry expected = now.entries().get(path);
      Entry wanted = goal.get(path);
      if (!Entry.same(expected, wanted)) {
        steps.add(new Step(path, expected, wanted));
      }
    }
    return steps;
  }

  /// Returns what is left as it is, sorted by path. Call it after [#steps()].
  List<Untouched> untouched() {
    return List.copyOf(untouched.values());
  }

  /* A folder goes only when nothing is left in it. Deepest first, so that one keeps the other. */
  private void keepWhatHoldsMore() {
    for (String path : touched.descendingSet()) {
      boolean goes =
          now.entries().get(path) instanceof Entry.Folder
              && !(goal.get(path) instanceof Entry.Folder);
      if (goes && !goal.subMap(path + "/", path + "0").isEmpty()) {
        if (goal.get(path) == null) {
          leave(path, Why.NOT_EMPTY, "the folder holds something the turn did not make");
        } else {
          leave(path, Why.CONFLICT, "a folder that holds something else is in its place");
        }
      }
    }
  }

  /* Parents first. A folder that somebody removed since is made again for what lies in it. */
  private void requireFolders() {
    for (String path : List.copyOf(touched)) {
      if (goal.get(path) != null && !hasFolder(path)) {
        leave(path, Why.CONFLICT, "something that is no folder is in the place of its folder");
      }
    }
  }

  private boolean hasFolder(String path) {
    String parent = Names.parent(path);
    if (parent.isEmpty()) {
      return true;
    }
    return switch (goal.get(parent)) {
      case Entry.Folder _ -> true;
      case Entry.File _, Entry.Link _, Entry.LeftOut _ -> false;
      case null -> {
        if (!hasFolder(parent) || untouched.containsKey(parent)) {
          yield false;
        }
        set(parent, new Entry.Folder(Hash.of(new byte[0]), 0755));
        yield true;
      }
    };
  }
}
