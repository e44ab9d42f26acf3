// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.paths.PathText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a text among the arguments of a tool names: in every form a server may make of it, with and
/// without percent escapes, characters that are not seen and other forms of Unicode.
sealed interface ArgumentText {

  /// It is a path that nobody can follow.
  record Malformed(String reason) implements ArgumentText {
    public Malformed {
      requireNonNull(reason, "reason");
    }
  }

  /// It names a file, which counts as read, or an address.
  ///
  /// @param manner how sure that is
  record Names(Effect effect, Manner manner) implements ArgumentText {
    public Names {
      requireNonNull(effect, "effect");
      requireNonNull(manner, "manner");
    }

    /// Returns whether `decision` on what it names stands against the call.
    boolean counts(Decision decision) {
      return decision instanceof Decision.Deny(String rule, String _, List<String> _)
          && switch (manner) {
            case PLAIN -> true;
            case AMONG_WORDS ->
                switch (rule) {
                  // A word before "://" in a sentence is no address yet.
                  case "net.malformed", "net.scheme", "net.userinfo", "net.unresolvable" -> false;
                  default -> true;
                };
            case NUMBER_ALONE -> rule.equals("net.metadata");
          };
    }
  }

  /// How sure it is that something is named.
  enum Manner {
    /// The text is that name.
    PLAIN,
    /// The name stands among other words, or has no scheme.
    AMONG_WORDS,
    /// It is an address of numbers that could be a version as well.
    NUMBER_ALONE
  }

  /// Returns what `value` says.
  ///
  /// @param key of the argument it stands in, of the list for what stands in one; empty for a key
  static List<ArgumentText> read(String key, String value, Situation situation) {
    List<ArgumentText> said = new ArrayList<>();
    if (value.isBlank()) {
      return said;
    }
    ArgumentKey purpose = ArgumentKey.of(key);
    Set<String> readings = new LinkedHashSet<>(List.of(value));
    for (String reading : ArgumentMatcher.readings(value)) {
      readings.add(reading.strip());
    }
    for (String reading : readings) {
      if (!reading.isEmpty()) {
        one(purpose, reading, reading.equals(value), situation, said);
      }
    }
    return said;
  }

  private static void one(
      ArgumentKey purpose,
      String text,
      boolean written,
      Situation situation,
      List<ArgumentText> said) {
    boolean lines = text.indexOf('\n') >= 0;
    boolean address = text.contains("://");
    if (lines && purpose != ArgumentKey.COMMAND) {
      return;
    }
    if (!lines
        && (EmbeddedAddresses.isAddress(text) || (address && purpose == ArgumentKey.ADDRESS))) {
      said.add(new Names(new Effect.Connect("GET", text), Manner.PLAIN));
      return;
    }
    if (address) {
      if (purpose != ArgumentKey.PROSE || !EmbeddedAddresses.hasBlank(text)) {
        EmbeddedAddresses.of(text).forEach(each -> said.add(amongWords(each)));
      }
      if (text.indexOf('\0') >= 0 && written) {
        said.add(new Malformed(PathText.shown(text) + " has a character that ends it early"));
      }
      return;
    }
    if (!lines) {
      machine(purpose, text, said);
      path(text, written, situation, said);
    }
  }

  private static Names amongWords(String address) {
    return new Names(new Effect.Connect("GET", address), Manner.AMONG_WORDS);
  }

  /* 169.254.169.254/latest and localhost:3000 are taken for addresses by many tools. */
  private static void machine(ArgumentKey purpose, String text, List<ArgumentText> said) {
    int end = 0;
    while (end < text.length() && "/?#\\".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = text.substring(text.lastIndexOf('@', Math.max(0, end - 1)) + 1, end);
    if (authority.isEmpty() || EmbeddedAddresses.hasBlank(text)) {
      return;
    }
    int colon = authority.lastIndexOf(':');
    boolean port = colon > 0 && isNumber(authority.substring(colon + 1));
    String name =
        port && authority.indexOf(':') == colon ? authority.substring(0, colon) : authority;
    String bare =
        name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    boolean number = IpAddress.parse(bare).isPresent();
    boolean loopback = number && (bare.startsWith("127.") || bare.equals("::1"));
    if (purpose == ArgumentKey.ADDRESS && (number || port || name.equalsIgnoreCase("localhost"))) {
      said.add(amongWords("http://" + bracketed(authority, bare, number) + "/"));
    } else if (loopback || (number && port)) {
      said.add(amongWords("http://" + bracketed(authority, bare, number) + "/"));
    } else if (number) {
      said.add(
          new Names(
              new Effect.Connect("GET", "http://" + bracketed(authority, bare, true) + "/"),
              Manner.NUMBER_ALONE));
    }
  }

  private static String bracketed(String authority, String bare, boolean number) {
    return number && bare.indexOf(':') >= 0 && authority.equals(bare)
        ? "[" + bare + "]"
        : authority;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 5
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static void path(
      String text, boolean written, Situation situation, List<ArgumentText> said) {
    String path = squeezed(text);
    if (path.isEmpty() || path.length() > PathText.LONGEST) {
      return;
    }
    switch (PathText.read(path, situation.workspace(), situation.home())) {
      case PathText.Known(Place place) ->
          said.add(new Names(new Effect.File(Access.READ, place), Manner.PLAIN));
      case PathText.Refused(String reason)
          when startsLikePath(path) || (written && path.indexOf('\0') >= 0) ->
          said.add(new Malformed(reason));
      case PathText.Unclear _, PathText.Refused _ -> {
        // No name, or none that is looked at.
      }
    }
  }

  private static boolean startsLikePath(String value) {
    return "/.~\\".indexOf(value.charAt(0)) >= 0;
  }

  /// Returns `text`, without empty names, `.` and `..` when it is longer than any system takes a
  /// path to be: a server may shorten it first. Content, which is long as well, stays long.
  static String squeezed(String text) {
    if (text.length() <= PathText.LONGEST) {
      return text;
    }
    String path = text.replace('\\', '/');
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      boolean up = name.equals("..") && !names.isEmpty() && !names.getLast().equals("..");
      if (up && !(names.size() == 1 && names.getLast().startsWith("~"))) {
        names.removeLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return (path.startsWith("/") ? "/" : "") + String.join("/", names);
  }
}
