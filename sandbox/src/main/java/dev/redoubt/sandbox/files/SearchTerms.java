// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// Which part of what lies below a folder a search looks at, and what it tells of it.
///
/// @param show what is told
/// @param globs only the files that one of them fits; all when empty. `*`, `?`, `[…]`, `{a,b}` and
///   `**`; one without `/` is about the name in any folder
/// @param ignored whether what `.gitignore` names is left out
/// @param context how many lines around each line that was found
/// @param most how many lines, or files, are told at the most; 10,000 is the limit
/// @param depth how many folders deep; 1 is only what lies in the folder itself
public record SearchTerms(
    Show show, List<String> globs, Ignored ignored, int context, int most, int depth) {

  /// The deepest that is looked.
  public static final int DEEPEST = 64;

  /// The lines in which a pattern is found, in every file, 1,000 of them.
  public static final SearchTerms LINES =
      new SearchTerms(Show.LINES, List.of(), Ignored.SEARCHED, 0, 1_000, DEEPEST);

  private static final int LIMIT = 10_000;

  public SearchTerms {
    requireNonNull(show, "show");
    globs = List.copyOf(globs);
    requireNonNull(ignored, "ignored");
    if (context < 0 || most < 1 || most > LIMIT || depth < 1 || depth > DEEPEST) {
      throw new IllegalArgumentException("terms of a search out of their limits");
    }
  }

  /// What a search tells.
  public enum Show {
    /// The lines in which the pattern is found.
    LINES,
    /// The files in which it is found.
    FILES,
    /// The files in which it is found, and in how many lines.
    COUNTS,
    /// The files there are, whatever is in them; and the folders, when there are no globs.
    NAMES
  }

  /// What happens to what a repository leaves out.
  public enum Ignored {
    /// It is looked at like everything else.
    SEARCHED,
    /// Files and folders that `.gitignore`, `.ignore` or `.git/info/exclude` name are passed over,
    /// and `.git` itself.
    PASSED_OVER
  }
}
