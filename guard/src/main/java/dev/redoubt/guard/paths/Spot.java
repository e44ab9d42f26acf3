// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import dev.redoubt.guard.paths.NamePattern.Hidden;
import dev.redoubt.guard.paths.SensitivePaths.Entry;
import dev.redoubt.guard.paths.SensitivePaths.Protection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One path, or one glob, as the table of sensitive places is asked for it. Folded, absolute,
/// without `.` and `..`. Immutable.
final class Spot {

  /* Every folder in which the homes of people lie, on any system: WSL and Cygwin included. */
  private static final List<List<NamePattern>> HOMES =
      List.of(
          names("home/*"),
          names("root"),
          names("users/*"),
          names("var/root"),
          names("usr/home/*"),
          names("export/home/*"),
          names("c:/users/*"),
          names("c/users/*"),
          names("mnt/c/users/*"),
          names("cygdrive/c/users/*"));

  private static final Set<String> HOME_STARTS = firstNames(HOMES);

  private final List<NamePattern> names;
  private final @Nullable List<String> literal;
  private final List<String> home;
  private final int workspace;
  private final List<Integer> homes;
  private final Reach reach;
  private final int lastDeep;

  /* Whether everything that matches is meant. */
  private enum Reach {
    WHAT_IS_SAID,
    EVERYTHING
  }

  private Spot(
      List<NamePattern> names,
      @Nullable List<String> literal,
      List<String> home,
      int workspace,
      Reach reach) {
    this.reach = reach;
    int deep = names.size() - 1;
    while (deep >= 0 && !names.get(deep).isDeep()) {
      deep--;
    }
    this.lastDeep = deep;
    this.names = names;
    this.literal = literal;
    this.home = home;
    this.workspace = workspace;
    this.homes = homes(names, home);
  }

  private static List<NamePattern> names(String pattern) {
    return Glob.of(pattern).names();
  }

  private static Set<String> firstNames(List<List<NamePattern>> roots) {
    Set<String> firsts = new HashSet<>();
    for (List<NamePattern> root : roots) {
      firsts.add(String.valueOf(root.getFirst().only()));
    }
    return firsts;
  }

  /// Returns the spot of exactly one path.
  ///
  /// @param folded its names, folded
  /// @param home the folded names of the person's home
  /// @param workspace how many names the workspace has it lies in, 0 when it lies outside
  static Spot exact(List<String> folded, List<String> home, int workspace) {
    List<NamePattern> names = new ArrayList<>(folded.size());
    for (String name : folded) {
      names.add(NamePattern.literal(name));
    }
    return new Spot(names, folded, home, workspace, Reach.EVERYTHING);
  }

  /// Returns the spot of every path a glob of a shell matches.
  static Spot glob(List<NamePattern> names, List<String> home, int workspace) {
    return new Spot(names, null, home, workspace, Reach.WHAT_IS_SAID);
  }

  /// Returns the spot of everything below this one, itself included.
  Spot withAllBelow() {
    List<NamePattern> all = new ArrayList<>(names);
    all.add(NamePattern.deep(Hidden.REACHED));
    return new Spot(all, null, home, workspace, Reach.EVERYTHING);
  }

  /* After how many names a home ends, for every home the path could lie in. Where a `**` stands
   * the home may end right there: what follows can be a name of that home. */
  private static List<Integer> homes(List<NamePattern> names, List<String> own) {
    List<Integer> ends = new ArrayList<>();
    String first = names.isEmpty() ? "" : names.getFirst().only();
    if (first == null || HOME_STARTS.contains(first)) {
      for (List<NamePattern> root : HOMES) {
        addEnd(ends, names, root);
      }
    }
    List<NamePattern> root = new ArrayList<>(own.size());
    for (String name : own) {
      root.add(NamePattern.literal(name));
    }
    addEnd(ends, names, root);
    return ends;
  }

  private static void addEnd(List<Integer> ends, List<NamePattern> names, List<NamePattern> root) {
    int at = 0;
    while (at < root.size() && at < names.size() && !names.get(at).isDeep()) {
      if (!names.get(at).meets(root.get(at))) {
        return;
      }
      at++;
    }
    if ((at == root.size() || at < names.size()) && !ends.contains(at)) {
      ends.add(at);
    }
  }

  List<NamePattern> names() {
    return names;
  }

  List<Integer> homes() {
    return homes;
  }

  int size() {
    return names.size();
  }

  boolean isGlob() {
    return literal == null;
  }

  /// Returns whether this is, or could be, what `entry` says, counted from the name at `from`.
  boolean isAt(Entry entry, int from) {
    // What protects a checkout counts from its root: an agent's own checkout may lie in .claude.
    if (entry.anchor() == Entry.Anchor.ANYWHERE
        && from < workspace
        && (entry.protection() == Protection.PROTECTED
            || entry.protection() == Protection.CAREFUL)) {
      return false;
    }
    if (literal != null) {
      // Nearly every entry is turned away by its first name.
      NamePattern first = entry.first();
      if (!first.isDeep() && !first.matches(literal.get(from))) {
        return false;
      }
      return NameLists.match(entry.pattern(), literal.subList(from, literal.size()));
    }
    // Of what begins with any number of names nothing is said, see isMeant.
    if (reach == Reach.WHAT_IS_SAID
        && entry.anchor() == Entry.Anchor.ANYWHERE
        && entry.protection() != Protection.ORDINARY
        && names.get(from).isDeep()) {
      return false;
    }
    if (!couldBeAt(entry, from)) {
      return false;
    }
    List<NamePattern> rest = names.subList(from, names.size());
    if (entry.protection() == Protection.ORDINARY) {
      return NameLists.cover(entry.pattern(), rest);
    }
    return (reach == Reach.EVERYTHING || isMeant(entry, rest))
        && NameLists.meet(rest, entry.pattern());
  }

  /* The lengths and the first names: nearly every entry is turned away here. */
  private boolean couldBeAt(Entry entry, int from) {
    int size = names.size() - from;
    int length = entry.pattern().size();
    boolean open = entry.pattern().getLast().isDeep();
    if (lastDeep < from && size != length && !(open && size >= length - 1)) {
      return false;
    }
    NamePattern first = names.get(from);
    NamePattern other = entry.first();
    return first.isDeep() || other.isDeep() || first.couldMeet(other);
  }

  /* A `*` that happens to match is not meant: `cat *` is no attempt at a key that may lie there. A
   * glob is meant when some name of it says anything, and against a pattern such as *.pem when it
   * says something of what makes the pattern special. */
  private static boolean isMeant(Entry entry, List<NamePattern> rest) {
    if (entry.anchor() == Entry.Anchor.ROOT) {
      return true;
    }
    boolean explicit = false;
    for (NamePattern name : rest) {
      explicit |= !name.isDeep() && name.isExplicit();
    }
    NamePattern first = rest.getFirst();
    if (!explicit || entry.anchor() == Entry.Anchor.HOME) {
      return explicit;
    }
    // cat *.json, cat config/*: what is read is whatever lies there, not the one secret name.
    if (entry.pattern().getLast().only() != null && rest.getLast().isWide()) {
      return false;
    }
    // cat */*.js: nothing is said of etc/shadow.js.
    if (saysOnlyHowItEnds(rest) && !endsAlike(rest.getLast(), entry.pattern().getLast())) {
      return false;
    }
    NamePattern pattern = entry.pattern().getFirst();
    return first.only() != null || pattern.only() != null || first.hints(pattern);
  }

  private static boolean saysOnlyHowItEnds(List<NamePattern> rest) {
    for (NamePattern name : rest.subList(0, rest.size() - 1)) {
      if (name.isDeep() || name.isExplicit()) {
        return false;
      }
    }
    return rest.getLast().isWide();
  }

  private static boolean endsAlike(NamePattern last, NamePattern pattern) {
    return !pattern.isDeep() && last.hints(pattern);
  }
}
