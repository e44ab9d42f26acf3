// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.IpAddress;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.Target;
import dev.redoubt.guard.paths.PathText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a text in the arguments of a tool call may name: a path or a machine.
///
/// What the tool does with it is not known, so it is for rules that forbid or ask, and a text may
/// name several things. Immutable.
sealed interface Argument {

  /// The longest text that is taken for a name; content is longer.
  int LONGEST = PathText.LONGEST;

  /// Returns the text as it stands in the arguments.
  String written();

  /// A path.
  ///
  /// @param certain false without a slash when it is a key or has blanks: most likely a name of the
  ///   tool's own or a sentence
  record PathOf(String written, Place place, boolean certain) implements Argument {
    public PathOf {
      requireNonNull(written, "written");
      requireNonNull(place, "place");
    }
  }

  /// A machine.
  ///
  /// @param certain false for a name alone: most likely a word or a file
  record HostOf(String written, Effect.Connect connect, boolean certain) implements Argument {
    public HostOf {
      requireNonNull(written, "written");
      requireNonNull(connect, "connect");
    }
  }

  /// Returns everything that `call` may name, at any depth, in keys and in values.
  static List<Argument> of(Effect.CallTool call, Situation situation) {
    Set<String> keys = new LinkedHashSet<>();
    Map<String, Boolean> values = new LinkedHashMap<>();
    collect("", call.arguments(), keys, values);
    keys.removeAll(values.keySet());
    List<Argument> arguments = new ArrayList<>();
    values.forEach((value, prose) -> {
      for (String reading : ArgumentMatcher.readings(value)) {
        addresses(value, reading, prose, arguments);
        path(value, reading, reading.indexOf(' ') < 0, situation, arguments);
      }
    });
    for (String key : keys) {
      for (String reading : ArgumentMatcher.readings(key)) {
        addresses(key, reading, false, arguments);
        path(key, reading, false, situation, arguments);
      }
    }
    return arguments;
  }

  /* `values` says of each text whether it stands only where people read. */
  private static void collect(
      String key, Node node, Set<String> keys, Map<String, Boolean> values) {
    switch (node) {
      case Node.Obj(Map<String, Node> fields, int _) -> {
        for (Map.Entry<String, Node> field : fields.entrySet()) {
          if (isName(field.getKey())) {
            keys.add(field.getKey());
          }
          collect(field.getKey(), field.getValue(), keys, values);
        }
      }
      case Node.Arr(List<Node> items, int _) -> {
        for (Node item : items) {
          collect(key, item, keys, values);
        }
      }
      case Node.Text(String content, int _) -> {
        String text = ArgumentText.squeezed(content);
        if (isName(text)) {
          values.merge(text, ArgumentKey.of(key) == ArgumentKey.PROSE, Boolean::logicalAnd);
        }
      }
      case Node.Num _, Node.Bool _, Node.Nothing _ -> {}
    }
  }

  private static boolean isName(String text) {
    return !text.isBlank() && text.length() <= LONGEST && text.indexOf('\n') < 0;
  }

  private static void addresses(
      String written, String reading, boolean prose, List<Argument> found) {
    if (!reading.contains("://")) {
      hosts(written, reading, found);
      return;
    }
    if (prose && EmbeddedAddresses.hasBlank(reading.strip())) {
      // A rule that names the machine counts; one about every machine means no quotation.
      for (String address : EmbeddedAddresses.of(reading)) {
        Effect.Connect connect = new Effect.Connect("", address);
        if (Target.of(connect) instanceof Reading.Good<Target>) {
          found.add(new HostOf(written, connect, false));
        }
      }
      return;
    }
    Effect.Connect url = new Effect.Connect("", reading);
    found.add(new HostOf(written, url, true));
    if (Target.of(url) instanceof Reading.Bad<Target>) {
      hosts(written, reading, found);
    }
  }

  private static void path(
      String written, String reading, boolean word, Situation situation, List<Argument> found) {
    String path = reading.replace('\\', '/');
    if (PathText.read(path, situation.workspace(), situation.home())
        instanceof PathText.Known(Place place)) {
      boolean certain = word || path.indexOf('/') >= 0;
      found.add(new PathOf(written, place, certain));
      if (isGlob(path)) {
        found.add(new PathOf(written, new Place(path, place.path(), Place.Kind.GLOB), certain));
      }
    }
  }

  /// Returns the machines that `word` may be taken for, or for an address of.
  static List<Effect.Connect> machines(String word) {
    List<Argument> found = new ArrayList<>();
    hosts(word, word, found);
    List<Effect.Connect> machines = new ArrayList<>();
    for (Argument each : found) {
      if (each instanceof HostOf(String _, Effect.Connect connect, boolean _)) {
        machines.add(connect);
      }
    }
    return machines;
  }

  /* What stands between a scheme with any slashes and the path: evil.example/x is taken for an
   * address by many tools, and so is user@evil.example:x. */
  private static void hosts(String written, String reading, List<Argument> found) {
    String text = reading.strip().replace('\\', '/');
    int scheme = schemeEnd(text);
    int start = scheme;
    while (start < text.length() && text.charAt(start) == '/') {
      start++;
    }
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = text.substring(Math.max(start, text.lastIndexOf('@', end - 1) + 1), end);
    boolean addressed = scheme > 0 || authority.length() < end - start;
    host(written, authority, addressed || start > 0, found);
    int colon = authority.indexOf(':');
    if (colon > 0) {
      host(written, authority.substring(0, colon), addressed, found);
    }
  }

  private static void host(String written, String name, boolean addressed, List<Argument> found) {
    // evil.example. with its last dot is the same machine.
    String text = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    Effect.Connect connect = new Effect.Connect("", text);
    if (!text.isEmpty() && Target.of(connect) instanceof Reading.Good<Target>(Target target)) {
      boolean certain = addressed || target.port() > 0 || IpAddress.parse(text).isPresent();
      found.add(new HostOf(written, connect, certain));
    }
  }

  /* Returns where the text after `https:` starts when a slash follows, else 0. */
  private static int schemeEnd(String text) {
    int colon = text.indexOf(":/");
    for (int i = 0; i < colon; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || "+-.0123456789".indexOf(c) < 0)) {
        return 0;
      }
    }
    return colon + 1;
  }

  /// Returns whether `path` may mean several files; stars alone name nothing.
  static boolean isGlob(String path) {
    boolean wild = false;
    boolean named = false;
    for (int i = 0; i < path.length(); i++) {
      boolean star = "*?[".indexOf(path.charAt(i)) >= 0;
      wild |= star;
      named |= !star && "/.".indexOf(path.charAt(i)) < 0;
    }
    return wild && named;
  }
}
