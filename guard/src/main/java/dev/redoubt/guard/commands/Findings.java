// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What was found so far, in the order of the line. Used by one analysis, not thread-safe.
final class Findings {

  /// How many commands are looked at, the same one in each turn of a loop included.
  private static final int MOST_COMMANDS = 2_000;

  private static final int MOST_EFFECTS = 5_000;
  private static final int MOST_STEPS = 2_000;

  private final String workspace;
  private final List<Effect> effects = new ArrayList<>();
  private final List<Analysis.Step> steps = new ArrayList<>();
  private int depth;
  private int commands;
  private int writes;
  private int held;
  private boolean full;

  Findings(String workspace) {
    this.workspace = Folders.normal(workspace);
  }

  /// Returns whether one more command may be looked at; says so once when not.
  boolean goesOn() {
    commands++;
    if (commands > MOST_COMMANDS || effects.size() > MOST_EFFECTS) {
      if (!full) {
        full = true;
        opaque("shell.too-deep", "", "the line does too much to follow all of it");
      }
      return false;
    }
    return true;
  }

  void deeper() {
    depth++;
  }

  void back() {
    depth--;
  }

  int depth() {
    return depth;
  }

  void command(List<String> argv, Nature nature, String reason) {
    effects.add(new Effect.Command(argv, nature, reason));
    step(String.join(" ", argv), nature.name().toLowerCase(Locale.ROOT) + ": " + reason);
  }

  void opaque(String rule, String shown, String reason) {
    effects.add(new Effect.Opaque(rule, shown, reason));
    step(shown, rule + ": " + reason);
  }

  void file(Access access, Place place) {
    effects.add(new Effect.File(access, place));
    if (access == Access.WRITE && maybeInside(place) && !isLog(place)) {
      writes++;
    }
    step(place.written(), access.name().toLowerCase(Locale.ROOT) + " " + place.path());
  }

  /// Leaves the last `count` writes out of [#writes] until they are released: they are the output
  /// of the very command that is looked at next.
  void holdWrites(int count) {
    releaseWrites();
    held = count;
    writes -= count;
  }

  /// Counts the writes that were held back.
  void releaseWrites() {
    writes += held;
    held = 0;
  }

  /// Counts the writes since there were `count` as none: no build can notice a new folder.
  void forgetWrites(int count) {
    writes = count;
  }

  void connect(String method, String target) {
    effects.add(new Effect.Connect(method, target));
    step(target, "connects");
  }

  void note(String shown, String reading) {
    step(shown, reading);
  }

  /// Returns how many files of the workspace were written so far.
  int writes() {
    return writes;
  }

  /// Returns where the next effect goes.
  int position() {
    return effects.size();
  }

  /// Turns each build between the positions into a change: a file of the workspace was written in
  /// the same loop or pipeline, and nobody knows which came first.
  void distrustBuilds(int from, int to) {
    for (int at = from; at < to; at++) {
      if (effects.get(at) instanceof Effect.Command(List<String> argv, Nature nature, _)
          && nature == Nature.BUILD) {
        effects.set(
            at, new Effect.Command(argv, Nature.CHANGES, "runs what this line may have written"));
      }
    }
  }

  /// Returns whether more than looking and writing was found from `position` on.
  boolean changesSince(int position) {
    for (int at = position; at < effects.size(); at++) {
      if (!Walk.isQuiet(effects.get(at))) {
        return true;
      }
    }
    return false;
  }

  boolean isInside(String path) {
    String normal = Folders.normal(path);
    return normal.equals(workspace)
        || normal.startsWith(workspace.endsWith("/") ? workspace : workspace + "/");
  }

  Analysis analysis() {
    if (effects.isEmpty()) {
      command(List.of(":"), Nature.HARMLESS, "there is nothing to run");
    }
    Set<Effect> once = new LinkedHashSet<>(effects);
    return new Analysis(List.copyOf(once), steps);
  }

  /// A glob may match what leads inside, and a path outside may be a link: only what lies outside
  /// for sure by its text counts as outside.
  private boolean maybeInside(Place place) {
    return place.kind() == Place.Kind.GLOB || isInside(place.path());
  }

  private static boolean isLog(Place place) {
    return place.kind() == Place.Kind.EXACT && place.path().endsWith(".log");
  }

  private void step(String shown, String reading) {
    if (steps.size() < MOST_STEPS) {
      steps.add(new Analysis.Step(depth, shown, reading));
    }
  }
}
