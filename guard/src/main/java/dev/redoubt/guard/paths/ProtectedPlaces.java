// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import dev.redoubt.guard.paths.SensitivePaths.Entry;
import dev.redoubt.guard.paths.SensitivePaths.Protection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sensitive places of the guard, as a wall closes them.
///
/// Knows paths only, never what lies there. What only asks when it is read or written stays open: a
/// wall cannot ask. Immutable and safe to share.
public final class ProtectedPlaces {

  private static final SensitivePaths TABLE = SensitivePaths.builtIn();

  /// How a wall closes a place, the strictest last.
  public enum Closing {
    OPEN,
    /// What is in it may change, it may not itself be removed or replaced. A file that is pinned is
    /// read-only.
    PINNED,
    /// May be read, not written.
    READ_ONLY,
    /// May be neither read nor written.
    HIDDEN
  }

  private final List<String> workspace;
  private final List<String> home;
  private final Set<String> lastNames = new HashSet<>();
  private final Map<Integer, List<NamePattern>> lastPatterns = new HashMap<>();
  private final List<NamePattern> otherPatterns = new ArrayList<>();

  private ProtectedPlaces(List<String> workspace, List<String> home) {
    this.workspace = workspace;
    this.home = home;
    for (Entry entry : TABLE.all()) {
      NamePattern last = last(entry);
      if (closing(entry) != Closing.OPEN && last != null) {
        index(last);
      }
    }
  }

  /// Returns the places of one workspace and one home.
  ///
  /// @param workspace absolute, without links
  /// @param home absolute, without links
  public static ProtectedPlaces of(String workspace, String home) {
    return new ProtectedPlaces(Names.normal(workspace), Names.fold(Names.normal(home)));
  }

  private static @Nullable NamePattern last(Entry entry) {
    for (NamePattern name : entry.pattern().reversed()) {
      if (!name.isDeep()) {
        return name;
      }
    }
    return null;
  }

  private void index(NamePattern name) {
    String only = name.only();
    if (only != null) {
      lastNames.add(only);
    } else if (name.startsWithDot()) {
      lastPatterns.computeIfAbsent((int) '.', _ -> new ArrayList<>()).add(name);
    } else {
      otherPatterns.add(name);
    }
  }

  /// Returns whether anything called `name` could be closed by itself, wherever it lies: a quick
  /// look that spares [#at] for nearly every file. What lies in a closed folder is not meant.
  public boolean couldClose(String name) {
    String folded = Names.fold(name);
    if (lastNames.contains(folded)) {
      return true;
    }
    if (folded.isEmpty()) {
      return false;
    }
    for (NamePattern pattern : lastPatterns.getOrDefault((int) folded.charAt(0), List.of())) {
      if (pattern.matches(folded)) {
        return true;
      }
    }
    for (NamePattern pattern : otherPatterns) {
      if (pattern.matches(folded)) {
        return true;
      }
    }
    return false;
  }

  /// Returns how the place at `path` is closed, by itself or because of a folder it lies in.
  ///
  /// @param path absolute, without links
  public Closing at(String path) {
    Closing strictest = Closing.OPEN;
    for (Entry entry : TABLE.at(spot(path))) {
      Closing closing = closing(entry);
      strictest = closing.compareTo(strictest) > 0 ? closing : strictest;
    }
    return strictest;
  }

  /// Returns whether writing `path` is denied because it is obeyed or executed later, whether or
  /// not it is hidden too.
  ///
  /// @param path absolute, without links
  public boolean isObeyed(String path) {
    for (Entry entry : TABLE.at(spot(path))) {
      if (entry.protection() == Protection.PROTECTED) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether something hidden could lie below the folder `path`, by what the table writes
  /// out from the root or from a home.
  public boolean mayHoldHidden(String path) {
    for (Entry entry : TABLE.below(spot(path))) {
      if (closing(entry) == Closing.HIDDEN) {
        return true;
      }
    }
    return false;
  }

  private Spot spot(String path) {
    List<String> names = Names.normal(path);
    int depth = Names.within(workspace, names) ? workspace.size() : 0;
    return Spot.exact(Names.fold(names), home, depth);
  }

  private static Closing closing(Entry entry) {
    return switch (entry.protection()) {
      case ORDINARY, PRIVATE, CAREFUL -> Closing.OPEN;
      case PROTECTED -> entry.pattern().getLast().isDeep() ? Closing.READ_ONLY : Closing.PINNED;
      case SECRET -> Closing.HIDDEN;
    };
  }

  /// Returns the names that are protected in every folder, as paths relative to it: `.git/hooks`,
  /// `.mcp.json`. What the table writes with wildcards is not among them.
  public static List<String> inEveryFolder() {
    List<String> all = new ArrayList<>();
    for (Entry entry : TABLE.all()) {
      if (entry.anchor() == Entry.Anchor.ANYWHERE && entry.protection() == Protection.PROTECTED) {
        String written = written(entry.pattern());
        if (!written.isEmpty()) {
          all.add(written);
        }
      }
    }
    all.sort(null);
    return all;
  }

  private static String written(List<NamePattern> pattern) {
    StringBuilder path = new StringBuilder();
    for (NamePattern name : pattern) {
      String only = name.only();
      if (name.isDeep()) {
        return path.toString();
      }
      if (only == null) {
        return "";
      }
      path.append(path.isEmpty() ? "" : "/").append(only);
    }
    return path.toString();
  }
}
