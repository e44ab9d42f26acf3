// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

/// Says which flags for Go's compiler and linker only change what they make.
///
/// `-extld`, `-linkmode=external`, `-extldflags`, `-I` and every flag that is not written here can
/// name another program or folder.
///
/// Sources: `go tool compile -h`, `go tool link -h`, cmd/go on `-ldflags` and `-gcflags`.
final class GoFlags {

  private GoFlags() {}

  /// Returns whether the value of `-ldflags`, `-gcflags` or `-asmflags` only changes what is made.
  static boolean areHarmless(String option, String value) {
    String text = value.strip();
    int equals = text.indexOf('=');
    if (equals > 0 && !text.startsWith("-")) {
      // `all=-N -l`: a pattern of packages stands in front.
      text = text.substring(equals + 1).strip();
    }
    boolean linker = option.equals("-ldflags");
    boolean sets = false;
    for (String word : text.split("[ \t\n]+", -1)) {
      boolean quoted = word.indexOf('\'') >= 0 || word.indexOf('"') >= 0;
      if (quoted) {
        return false;
      }
      if (sets) {
        if (word.startsWith("-") || word.indexOf('=') < 1) {
          return false;
        }
        sets = false;
      } else if (linker && word.equals("-X")) {
        sets = true;
      } else if (!(linker ? isLinker(word) : isCompiler(word))) {
        return false;
      }
    }
    return !sets;
  }

  private static boolean isLinker(String word) {
    return switch (word) {
      case "", "-s", "-w", "-v", "-buildid=", "-compressdwarf=false", "-linkmode=internal" -> true;
      default -> word.startsWith("-X=") && word.indexOf('=', 3) > 3;
    };
  }

  private static boolean isCompiler(String word) {
    return switch (word) {
      case "", "-N", "-l", "-m", "-m=1", "-m=2", "-S", "-e", "-B", "-live", "-dwarf=false" -> true;
      default -> false;
    };
  }
}
