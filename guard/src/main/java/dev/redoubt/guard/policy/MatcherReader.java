// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.network.HostPattern;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.policy.ActionKind.Family;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads the matchers of one table: a rule, or one of its exceptions.
final class MatcherReader {

  private static final int LARGEST_PORT = 65_535;

  private final PolicyText source;
  private final Node table;
  private final Set<ActionKind> actions;

  MatcherReader(PolicyText source, Node table, Set<ActionKind> actions) {
    this.source = source;
    this.table = table;
    this.actions = actions;
  }

  /// Returns what has to match.
  Matcher read(Family family) {
    List<String> keys = PolicyKeys.matchers(family);
    if (keys.stream().noneMatch(key -> table.get(key).isPresent())) {
      throw source.atTable(
          table,
          "nothing says what is meant: give at least one of %s".formatted(String.join(", ", keys)));
    }
    return switch (family) {
      case COMMAND ->
          new CommandMatcher(
              commands(), all("program", Patterns::name), all("args-regex", Patterns::regex));
      case FILE -> new FileMatcher(actions, all("path", Patterns::path));
      case NETWORK -> network();
      case TOOL ->
          new ToolMatcher(all("server", Patterns::name), all("tool", Patterns::name), arguments());
      case SERVER -> new ServerMatcher(all("server", Patterns::name));
      case MODEL ->
          new ModelMatcher(all("provider", Patterns::name), all("residency", Patterns::name));
      case CONFIGURATION ->
          new LoadMatcher(all("kind", Patterns::kind), all("path", Patterns::path));
    };
  }

  /// Returns the patterns of `key` in `table`, which are one or several.
  static <T> List<T> all(PolicyText source, Node table, String key, Function<String, T> reader) {
    return new MatcherReader(source, table, Set.of()).all(key, reader);
  }

  private <T> List<T> all(String key, Function<String, T> reader) {
    List<T> read = new ArrayList<>();
    Optional<Node> value = table.get(key);
    if (value.isPresent()) {
      for (Node item : source.oneOrMore(value.get(), key)) {
        read.add(one(item, key, reader));
      }
    }
    return read;
  }

  private <T> T one(Node item, String key, Function<String, T> reader) {
    String text = source.text(item, key);
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw source.atValue(item, key, String.valueOf(e.getMessage()));
    }
  }

  /* A text is a command, a list of texts the words of one, a list of lists several commands. */
  private List<ArgvPattern> commands() {
    Optional<Node> value = table.get("command");
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof Node.Text) {
      return List.of(one(value.get(), "command", Patterns::command));
    }
    List<Node> items = source.oneOrMore(value.get(), "command");
    if (!(items.getFirst() instanceof Node.Arr)) {
      return List.of(words(value.get()));
    }
    List<ArgvPattern> commands = new ArrayList<>();
    for (Node item : items) {
      if (!(item instanceof Node.Arr)) {
        throw source.atValue(
            item, "command", "\"command\" mixes words and lists of words: write lists only");
      }
      commands.add(words(item));
    }
    return commands;
  }

  private ArgvPattern words(Node list) {
    List<String> words = new ArrayList<>();
    for (Node item : source.oneOrMore(list, "command")) {
      if (!(item instanceof Node.Text(String word, int _))) {
        throw source.atValue(item, "command", "a word of \"command\" is not a text");
      }
      words.add(word);
    }
    try {
      return Patterns.words(words);
    } catch (IllegalArgumentException e) {
      throw source.atValue(list, "command", String.valueOf(e.getMessage()));
    }
  }

  private Matcher network() {
    List<HostPattern> hosts = all("host", Patterns::host);
    List<Integer> ports = ports();
    Set<String> methods = new HashSet<>(all("method", MatcherReader::method));
    List<String> paths = all("path", Function.identity());
    List<NetworkMatcher> targets = new ArrayList<>();
    for (HostPattern host : hosts.isEmpty() ? List.<HostPattern>of(new HostPattern.Any()) : hosts) {
      for (int port : ports.isEmpty() ? List.of(0) : ports) {
        for (String path : paths.isEmpty() ? List.of("") : paths) {
          try {
            targets.add(new NetworkMatcher(host, port, methods, path));
          } catch (IllegalArgumentException e) {
            throw source.atValue(
                table.get("path").orElse(table), "path", String.valueOf(e.getMessage()));
          }
        }
      }
    }
    return new NetMatcher(targets);
  }

  private static String method(String text) {
    if (!text.matches("[A-Z]{1,20}") || !text.equals(text.toUpperCase(Locale.ROOT))) {
      throw Patterns.wrong("method", text, "it is a word in capitals, in the manner of GET");
    }
    return text;
  }

  private List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    Optional<Node> value = table.get("port");
    if (value.isPresent()) {
      for (Node item : source.oneOrMore(value.get(), "port")) {
        ports.add(port(item));
      }
    }
    return ports;
  }

  private int port(Node item) {
    if (item instanceof Node.Num(String literal, int _)) {
      try {
        int port = Integer.parseInt(literal);
        if (port >= 1 && port <= LARGEST_PORT) {
          return port;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
    }
    throw source.atValue(item, "port", "\"port\" is not a number from 1 to 65535");
  }

  private List<ArgumentMatcher> arguments() {
    List<ArgumentMatcher> arguments = new ArrayList<>();
    Optional<Node> value = table.get("args");
    if (value.isPresent()) {
      for (Node item : source.oneOrMore(value.get(), "args")) {
        arguments.add(argument(item));
      }
    }
    return arguments;
  }

  private ArgumentMatcher argument(Node item) {
    if (!(item instanceof Node.Obj)) {
      throw source.atValue(
          item, "args", "\"args\" is not a table in the manner of " + ArgumentReader.EXAMPLE);
    }
    source.checkKeys(item, PolicyKeys.ARGUMENT, "args.");
    return new ArgumentReader(source, item).read();
  }
}
