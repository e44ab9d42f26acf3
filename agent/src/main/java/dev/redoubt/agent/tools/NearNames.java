// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Step;
import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.files.Listing;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Says what lies near a path that could not be read, so that the next try is a better one.
final class NearNames {

  private static final int MOST = 5;
  private static final int LONGEST = 255;

  private NearNames() {}

  /// Returns a step that looks into the folder of `path` and then fails with `reason`.
  static Step instead(Workplace place, Path path, String reason) {
    Path folder = path.getParent();
    Path name = path.getFileName();
    if (folder == null || name == null) {
      return Step.Done.failed(reason);
    }
    return Failures.perform(
        new Action.ListFolder(folder),
        outcome ->
            outcome instanceof Outcome.Listed(Listing listing)
                ? Step.Done.failed(reason + hint(place, folder, name.toString(), listing))
                : Step.Done.failed(
                    "%s; its folder \"%s\" cannot be listed either: look with ls or glob"
                        .formatted(reason, place.shown(folder))));
  }

  private static String hint(Workplace place, Path folder, String name, Listing listing) {
    for (Listing.Entry entry : listing.entries()) {
      if (entry.name().equals(name)) {
        return entry.kind() == Listing.Kind.FOLDER ? ": it is a folder, use ls" : "";
      }
    }
    List<String> near =
        listing.entries().stream()
            .map(Listing.Entry::name)
            .filter(other -> distance(name, other) <= 2 + name.length() / 3)
            .sorted(Comparator.comparingInt(other -> distance(name, other)))
            .limit(MOST)
            .map(other -> "\"%s\"".formatted(place.shown(folder.resolve(other))))
            .toList();
    return near.isEmpty()
        ? "; look with glob for \"**/%s\"".formatted(name)
        : "; near it are " + String.join(", ", near);
  }

  /// Returns how many characters have to be put in, taken out or changed, upper and lower case
  /// being the same.
  static int distance(String one, String other) {
    if (one.length() > LONGEST || other.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
