// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.commands;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/// A prompt with a name.
///
/// @param name in the manner of `review` or `docs:api`
/// @param description in one line
/// @param hint what may follow the name; may be empty
/// @param place where it was found, as people know it
/// @param body the prompt, with `$ARGUMENTS` and `$1` to `$9` where arguments go
public record CustomCommand(
    String name, String description, String hint, String place, String body) {

  private static final String ALL = "$ARGUMENTS";

  public CustomCommand {
    requireNonNull(description, "description");
    requireNonNull(hint, "hint");
    requireNonNull(place, "place");
    requireNonNull(body, "body");
    if (!isName(name)) {
      throw new IllegalArgumentException("\"%s\" is no name of a command".formatted(name));
    }
  }

  /// Returns whether `text` can be the name of a command: letters, digits, `-` and `_`, in parts
  /// with `:` between them.
  public static boolean isName(String text) {
    return text.length() <= 128
        && text.matches("[A-Za-z0-9][A-Za-z0-9_-]*(:[A-Za-z0-9][A-Za-z0-9_-]*)*");
  }

  /// Returns the prompt for what was typed behind the name.
  ///
  /// `$ARGUMENTS` becomes all of it, `$1` to `$9` its words, of which those in quotes stay
  /// together; a missing one becomes nothing. What an argument says is never looked at again. Where
  /// the body has no place for arguments, they follow it.
  public String prompt(String arguments) {
    String typed = arguments.strip();
    List<String> words = words(typed);
    StringBuilder prompt = new StringBuilder(body.length() + typed.length());
    boolean placed = false;
    for (int i = 0; i < body.length(); i++) {
      if (body.startsWith(ALL, i) && !continues(i + ALL.length())) {
        prompt.append(typed);
        i += ALL.length() - 1;
        placed = true;
      } else if (isNumbered(i)) {
        int wanted = body.charAt(i + 1) - '1';
        prompt.append(wanted < words.size() ? words.get(wanted) : "");
        i++;
        placed = true;
      } else {
        prompt.append(body.charAt(i));
      }
    }
    if (!placed && !typed.isEmpty()) {
      prompt.append("\n\nArguments: ").append(typed);
    }
    return prompt.toString();
  }

  private boolean isNumbered(int at) {
    return body.charAt(at) == '$'
        && at + 1 < body.length()
        && body.charAt(at + 1) >= '1'
        && body.charAt(at + 1) <= '9'
        && !(at + 2 < body.length() && Character.isDigit(body.charAt(at + 2)));
  }

  private boolean continues(int at) {
    return at < body.length()
        && (Character.isLetterOrDigit(body.charAt(at)) || body.charAt(at) == '_');
  }

  private static List<String> words(String typed) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean open = false;
    for (int i = 0; i < typed.length(); i++) {
      char c = typed.charAt(i);
      if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        open = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (open) {
          words.add(word.toString());
          word.setLength(0);
          open = false;
        }
      } else {
        word.append(c);
        open = true;
      }
    }
    if (open) {
      words.add(word.toString());
    }
    return words;
  }
}
