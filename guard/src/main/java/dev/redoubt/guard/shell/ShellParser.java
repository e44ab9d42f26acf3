// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.shell.ParseResult.NotUnderstood;
import dev.redoubt.guard.shell.ParseResult.Parsed;

/// Reads a text the way `bash -c` does: without aliases, without history, without extended globs.
///
/// Commands that change how later lines are read (`alias` and `shopt`, `set` with its options) are
/// commands like any other here: whoever judges the tree judges them.
///
/// What Bash itself reads in two ways, depending on a setting or a version, and what zsh reads as
/// something else altogether, is not understood. Stateless and safe to share.
public final class ShellParser {

  /// How many characters of text are looked at.
  public static final int MAX_LENGTH = 65_536;

  private ShellParser() {}

  /// Returns the tree of `text`, or why there is none. Never throws, and takes time in proportion
  /// to the length of the text.
  public static ParseResult parse(String text) {
    requireNonNull(text, "text");
    if (text.length() > MAX_LENGTH) {
      return new NotUnderstood("longer than " + MAX_LENGTH + " characters", MAX_LENGTH);
    }
    int refused = Characters.firstRefused(text);
    if (refused >= 0) {
      return new NotUnderstood(
          "a control character or one that does not show (U+" + hex(text.charAt(refused)) + ")",
          refused);
    }
    Progress progress = new Progress();
    try {
      Script script = Grammar.script(text, 0, progress);
      return new Parsed(script, progress.bashOnly());
    } catch (Refusal e) {
      return new NotUnderstood(e.reason(), e.offset());
    }
  }

  private static String hex(char c) {
    String digits = Integer.toHexString(c);
    return "0".repeat(4 - digits.length()) + digits;
  }
}
