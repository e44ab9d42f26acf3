// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Place;
import java.util.Locale;
import java.util.Optional;

/// A path as somebody wrote it outside of a shell: an option, an argument of a tool, a setting.
public sealed interface PathText {

  /// The longest path that is read, in characters.
  int LONGEST = 4096;

  /// The path is known.
  record Known(Place place) implements PathText {
    public Known {
      requireNonNull(place, "place");
    }
  }

  /// Which path is meant depends on something that is not known: never allowed without a question.
  ///
  /// @param reason for people
  record Unclear(String reason) implements PathText {
    public Unclear {
      requireNonNull(reason, "reason");
    }
  }

  /// It is no path, or one that is written to be misread: denied.
  ///
  /// @param reason for people
  record Refused(String reason) implements PathText {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /// Returns what `written` means to someone in `folder` whose home is `home`.
  ///
  /// A leading `~`, `$HOME`, `${HOME}` or `%USERPROFILE%` is the home. A `file:` URL is the path it
  /// names, decoded once. Anything else is taken literally: `*` is a character.
  ///
  /// @param folder absolute with `/`
  /// @param home absolute with `/`
  static PathText read(String written, String folder, String home) {
    Optional<String> mistake = mistake(written);
    if (mistake.isPresent()) {
      return new Refused(mistake.get());
    }
    String lower = written.toLowerCase(Locale.ROOT);
    if (lower.startsWith("file:")) {
      return fileUrl(written);
    }
    if (lower.indexOf("://") > 0) {
      return new Refused(shown(written) + " is an address, not a path");
    }
    if (written.startsWith("\\\\") || written.startsWith("//?/") || written.startsWith("//./")) {
      return new Refused(shown(written) + " names another machine or a device of Windows");
    }
    int end = homeEnd(lower);
    if (end >= 0) {
      return known(written, home + "/" + written.substring(end));
    }
    if (written.startsWith("~")) {
      return new Unclear(shown(written) + " starts in the home of another person");
    }
    if (startsWithVariable(written)) {
      return new Unclear(shown(written) + " starts with a variable that is not known");
    }
    return known(written, written.startsWith("/") ? written : folder + "/" + written);
  }

  private static PathText known(String written, String path) {
    return new Known(new Place(written, path, Place.Kind.EXACT));
  }

  /// Returns why nobody may write a path like `path`: it is empty, too long, or has characters that
  /// end it early or make it look like another. Empty when there is nothing to say against it.
  static Optional<String> mistake(String path) {
    if (path.isEmpty()) {
      return Optional.of("the path is empty");
    }
    if (path.length() > LONGEST) {
      return Optional.of("the path has more than " + LONGEST + " characters");
    }
    for (int i = 0; i < path.length(); ) {
      int c = path.codePointAt(i);
      if (isDeceptive(c)) {
        return Optional.of(
            shown(path)
                + " has the character U+"
                + Integer.toHexString(c).toUpperCase(Locale.ROOT)
                + ", which is not seen or ends the name early");
      }
      i += Character.charCount(c);
    }
    return Optional.empty();
  }

  private static boolean isDeceptive(int c) {
    if (c < 0x7f) {
      return c < 0x20;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // Blanks that are not seen, and the letters that are drawn as nothing.
      default -> c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
    };
  }

  /// Returns `text` in quotes, with everything that could deceive the reader written as a number.
  static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length() + 2).append('"');
    int length = Math.min(text.length(), 300);
    for (int i = 0; i < length; ) {
      int c = text.codePointAt(i);
      if (isDeceptive(c)) {
        shown.append("\\u{").append(Integer.toHexString(c)).append('}');
      } else {
        shown.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return shown.append(length < text.length() ? "…\"" : "\"").toString();
  }

  /* Returns where a leading word for the home ends, the slash included; -1 when there is none. */
  private static int homeEnd(String lower) {
    String[] words = {"~", "$home", "${home}", "$env:home", "%userprofile%", "$env:userprofile"};
    for (String word : words) {
      if (lower.equals(word)) {
        return word.length();
      }
      if (lower.startsWith(word + "/") || lower.startsWith(word + "\\")) {
        return word.length() + 1;
      }
    }
    return -1;
  }

  private static boolean startsWithVariable(String written) {
    if (written.startsWith("%") && written.indexOf('%', 1) > 1) {
      int end = written.indexOf('%', 1);
      return end + 1 == written.length() || "/\\".indexOf(written.charAt(end + 1)) >= 0;
    }
    return written.startsWith("$")
        || written.contains("${")
        || written.contains("$(")
        || written.contains("`");
  }

  /* RFC 8089: file:/path, file:///path and file://localhost/path. */
  private static PathText fileUrl(String written) {
    String rest = written.substring("file:".length());
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      if (slash < 0 || !(host.isEmpty() || host.equalsIgnoreCase("localhost"))) {
        return new Refused(shown(written) + " names a file of another machine");
      }
      rest = rest.substring(slash);
    }
    int tail = indexOfAny(rest);
    Optional<String> decoded = Percent.decode(tail < 0 ? rest : rest.substring(0, tail));
    if (!rest.startsWith("/") || decoded.isEmpty() || mistake(decoded.get()).isPresent()) {
      return new Refused(shown(written) + " is no well-formed file address");
    }
    return known(written, decoded.get());
  }

  private static int indexOfAny(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if (rest.charAt(i) == '?' || rest.charAt(i) == '#') {
        return i;
      }
    }
    return -1;
  }
}
