// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import java.nio.file.Path;
import java.util.List;

/// The folder a pattern for names of files searches: agents obey patterns that are absolute or
/// climb.
///
/// The folder is the start of the pattern up to the first part that is no plain name, against the
/// folder of the call. Where a part behind that could climb or start anew, it is `/`.
final class GlobFolder {

  private static final String SPECIAL = "*?[](){}!+@|\\";

  private GlobFolder() {}

  /// Returns the folder `pattern` searches when the call names `folder`.
  ///
  /// @throws ToolEvent.MalformedException if the pattern is no path
  static Path of(String pattern, Path folder) throws ToolEvent.MalformedException {
    List<String> parts = List.of(pattern.split("/", -1));
    int plain = 0;
    while (plain < parts.size() - 1 && isPlain(parts.get(plain))) {
      plain++;
    }
    if (parts.subList(plain, parts.size()).stream().anyMatch(GlobFolder::climbs)
        || startsAnew(pattern)) {
      return Path.of("/");
    }
    String start = String.join("/", parts.subList(0, plain));
    return ToolEvent.resolved(pattern.startsWith("/") ? start + "/" : start, folder);
  }

  private static boolean isPlain(String part) {
    return part.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  /// `..`, also as one of several, and spelled with brackets or a backslash.
  private static boolean climbs(String part) {
    return part.replace("[", "").replace("]", "").replace("\\", "").contains("..");
  }

  /// `{/etc,src}/*`, `\/etc/*`, `@(/etc|src)/*`.
  private static boolean startsAnew(String pattern) {
    for (int at = 1; at < pattern.length(); at++) {
      if (pattern.charAt(at) == '/' && "{,(|\\".indexOf(pattern.charAt(at - 1)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
