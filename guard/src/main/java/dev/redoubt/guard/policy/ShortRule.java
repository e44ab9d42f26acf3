// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.Target;
import dev.redoubt.guard.paths.Glob;
import dev.redoubt.guard.policy.Rule.Condition;
import dev.redoubt.guard.policy.Rule.Source;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A rule in one line, as it stands on a command line and in a question: `run:mvn *`, `read:GLOB`,
/// `write:GLOB`, `delete:GLOB`, `list:GLOB`, `search:GLOB`, `net:HOST[:PORT]`, `tool:SERVER/TOOL`,
/// `start-server:NAME`, `model:PROVIDER[/RESIDENCY]`, `load:KIND[:GLOB]`.
///
/// Here `read` means to look at something in any way: also to list it and to search it.
public final class ShortRule {

  /* More would not be read before it is approved. */
  private static final int LONGEST_PROPOSAL = 1_000;

  private ShortRule() {}

  /// Returns the rule that says `stance` to what `text` means.
  ///
  /// @param number which of the rules of the command line it is, from 1; part of its id
  /// @throws RedoubtException USAGE if it means nothing
  public static Rule parse(String text, Stance stance, int number) {
    try {
      return new Rule(
          new Source(
              "policy.command-line:" + number, "--" + stance.key(), number, Origin.COMMAND_LINE),
          stance,
          new Condition(matcher(text), List.of(), null),
          "%s by --%s '%s'"
              .formatted(stance == Stance.ALLOW ? "allowed" : "refused", stance.key(), text),
          null,
          List.of());
    } catch (IllegalArgumentException e) {
      throw new RedoubtException(
          ErrorCode.USAGE, "--%s '%s': %s".formatted(stance.key(), text, e.getMessage()), e);
    }
  }

  /// Returns what `text` means.
  ///
  /// @throws IllegalArgumentException if it means nothing; the message says why
  static Matcher matcher(String text) {
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1);
    ActionKind kind =
        (colon < 0 ? Optional.<ActionKind>empty() : ActionKind.of(text.substring(0, colon)))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "it starts with one of %s and a colon"
                        .formatted(String.join(", ", ActionKind.keys()))));
    if (rest.isBlank()) {
      throw new IllegalArgumentException("nothing follows \"%s\"".formatted(text));
    }
    return switch (kind) {
      case RUN -> new CommandMatcher(List.of(Patterns.command(rest)), List.of(), List.of());
      case READ -> files(EnumSet.of(ActionKind.READ, ActionKind.LIST, ActionKind.SEARCH), rest);
      case WRITE, DELETE, LIST, SEARCH -> files(EnumSet.of(kind), rest);
      case NET -> new NetMatcher(List.of(Patterns.target(rest)));
      case TOOL -> tool(rest);
      case START_SERVER -> new ServerMatcher(List.of(Patterns.name(rest)));
      case MODEL -> model(rest);
      case LOAD -> load(rest);
    };
  }

  private static Matcher files(Set<ActionKind> kinds, String glob) {
    return new FileMatcher(kinds, List.of(Patterns.path(glob)));
  }

  private static Matcher tool(String rest) {
    int slash = rest.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "a tool is written SERVER/TOOL, and \"%s/*\" means every tool of a server"
              .formatted(rest));
    }
    return new ToolMatcher(
        List.of(Patterns.name(rest.substring(0, slash))),
        List.of(Patterns.name(rest.substring(slash + 1))),
        List.of());
  }

  private static Matcher model(String rest) {
    int slash = rest.indexOf('/');
    return slash < 0
        ? new ModelMatcher(List.of(Patterns.name(rest)), List.of())
        : new ModelMatcher(
            List.of(Patterns.name(rest.substring(0, slash))),
            List.of(Patterns.name(rest.substring(slash + 1))));
  }

  private static Matcher load(String rest) {
    int colon = rest.indexOf(':');
    return colon < 0
        ? new LoadMatcher(List.of(Patterns.kind(rest)), List.of())
        : new LoadMatcher(
            List.of(Patterns.kind(rest.substring(0, colon))),
            List.of(Patterns.path(rest.substring(colon + 1))));
  }

  /// Returns the short rule that means `effect` and nothing else, or empty when no rule can mean
  /// it: it is opaque, a glob, too long for a person to read, or the start of a server, whose name
  /// does not say what is started.
  public static Optional<String> narrowestFor(Effect effect) {
    Optional<String> proposal =
        switch (effect) {
          case Effect.Opaque _, Effect.StartServer _ -> Optional.empty();
          case Effect.Command(List<String> argv, var _, var _) -> Optional.of(command(argv));
          case Effect.File(Effect.Access access, Place place) ->
              path(place).map(path -> ActionKind.of(access).key() + ":" + path);
          case Effect.Connect connect -> target(connect);
          case Effect.CallTool(String server, String tool, var _) ->
              server.indexOf('/') >= 0
                  ? Optional.empty()
                  : Optional.of("tool:" + escaped(server) + "/" + escaped(tool));
          case Effect.SendToModel(String provider, String residency) ->
              provider.indexOf('/') >= 0
                  ? Optional.empty()
                  : Optional.of("model:" + escaped(provider) + "/" + escaped(residency));
          case Effect.LoadConfig(var kind, Place place, var _) ->
              path(place).map(path -> "load:" + Patterns.key(kind) + ":" + path);
        };
    return proposal.filter(ShortRule::isReadable);
  }

  private static String command(List<String> argv) {
    StringBuilder text = new StringBuilder("run:");
    for (String word : argv) {
      text.append(text.length() == 4 ? "" : " ").append(Words.quoted(word));
    }
    return text.toString();
  }

  private static Optional<String> target(Effect.Connect connect) {
    return switch (Target.of(connect)) {
      case Reading.Bad<Target> _ -> Optional.empty();
      case Reading.Good<Target>(Target target) -> Optional.of(target.shortRule());
    };
  }

  private static Optional<String> path(Place place) {
    if (place.kind() == Place.Kind.GLOB) {
      return Optional.empty();
    }
    return Optional.of(Glob.quote(PathPattern.plain(place.path())));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if ("*\\".indexOf(text.charAt(i)) >= 0) {
        escaped.append('\\');
      }
      escaped.append(text.charAt(i));
    }
    return escaped.toString();
  }

  /* A proposal is read by a person: nothing in it may be invisible or move the cursor. */
  private static boolean isReadable(String proposal) {
    return proposal.length() <= LONGEST_PROPOSAL
        && proposal
            .codePoints()
            .allMatch(c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.UNASSIGNED,
                      Character.PRIVATE_USE,
                      Character.SURROGATE,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR ->
                      false;
                  default -> true;
                });
  }
}
