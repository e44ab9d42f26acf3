// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.HostPattern;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.policy.ArgvPattern.Rest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes effects out of rules: some the rule is about, and their neighbours.
///
/// A rule with a regular expression or a condition may get none that it is about.
final class Samples {

  private static final String WORD = "x";
  private static final int HTTPS = 443;

  private final Set<Effect> effects = new LinkedHashSet<>();

  private Samples() {}

  /// Returns the samples of `rules` in the scene of examples.
  static Set<Effect> of(List<Rule> rules) {
    Samples samples = new Samples();
    for (Rule rule : rules) {
      for (String example : rule.examples()) {
        samples.effects.add(Example.of(example).effect());
      }
      samples.add(rule.condition().matcher());
      rule.condition().unless().forEach(samples::add);
    }
    return samples.effects;
  }

  private void add(Matcher matcher) {
    switch (matcher) {
      case CommandMatcher command -> commands(command);
      case FileMatcher(Set<ActionKind> actions, List<PathPattern> paths) ->
          paths.forEach(path -> files(actions, path));
      case NetMatcher(List<NetworkMatcher> targets) -> targets.forEach(this::connections);
      case ToolMatcher tool -> calls(tool);
      case ServerMatcher(List<TextPattern> servers) ->
          examples(servers).forEach(name -> effects.add(new Effect.StartServer(name)));
      case ModelMatcher(List<TextPattern> providers, List<TextPattern> residencies) -> {
        for (String provider : examples(providers)) {
          examples(residencies)
              .forEach(place -> effects.add(new Effect.SendToModel(provider, place)));
        }
      }
      case LoadMatcher(List<ConfigKind> kinds, List<PathPattern> paths) -> {
        for (ConfigKind kind : kinds.isEmpty() ? List.of(ConfigKind.values()) : kinds) {
          for (String path : paths.isEmpty() ? List.of("/workspace/x") : paths(paths)) {
            effects.add(new Effect.LoadConfig(kind, Place.at(path), "0".repeat(64)));
          }
        }
      }
    }
  }

  private void commands(CommandMatcher matcher) {
    for (ArgvPattern pattern : matcher.commands()) {
      List<String> words = new ArrayList<>();
      pattern.words().forEach(word -> words.add(word.example(WORD)));
      if (words.isEmpty()) {
        words.add(WORD);
      }
      command(words);
      List<String> longer = new ArrayList<>(words);
      longer.add(WORD);
      command(longer);
      if (pattern.rest() == Rest.ANYTHING) {
        longer.add("-y");
        command(longer);
      }
    }
    for (TextPattern program : matcher.programs()) {
      command(List.of(program.example(WORD)));
      command(List.of(program.example(WORD), WORD));
      matcher.arguments().forEach(regex -> command(List.of(program.example(WORD), regex.source())));
    }
  }

  private void command(List<String> argv) {
    effects.add(new Effect.Command(argv, Nature.UNKNOWN, "an example"));
  }

  private void files(Set<ActionKind> actions, PathPattern pattern) {
    for (String path : paths(List.of(pattern))) {
      for (Access access : Access.values()) {
        if (actions.contains(ActionKind.of(access))) {
          effects.add(new Effect.File(access, Place.at(path)));
        }
      }
    }
  }

  private static Set<String> paths(List<PathPattern> patterns) {
    Situation situation = Example.SCENE.situation();
    Set<String> paths = new LinkedHashSet<>();
    for (PathPattern pattern : patterns) {
      for (String folders : List.of("", WORD, WORD + "/y")) {
        paths.add(pattern.example(situation, folders, WORD));
      }
    }
    return paths;
  }

  private void connections(NetworkMatcher matcher) {
    String host = host(matcher.hosts());
    int port = matcher.port() == 0 ? HTTPS : matcher.port();
    String path = matcher.path().isEmpty() ? "/" : matcher.path();
    effects.add(new Effect.Connect("", host + ":" + port));
    Set<String> methods = new LinkedHashSet<>(List.of("GET", "POST"));
    methods.addAll(matcher.methods());
    for (String method : methods) {
      effects.add(new Effect.Connect(method, "https://" + host + ":" + port + path));
      effects.add(new Effect.Connect(method, "https://" + host + ":" + port + "/other"));
    }
  }

  private static String host(HostPattern pattern) {
    return switch (pattern) {
      case HostPattern.Any _ -> "host.example";
      case HostPattern.Below below -> WORD + below.text().substring(1);
      case HostPattern.Exactly exactly -> exactly.text();
    };
  }

  private static BigDecimal number(@Nullable BigDecimal min, @Nullable BigDecimal max) {
    return min != null ? min : max != null ? max : BigDecimal.ZERO;
  }

  private void calls(ToolMatcher matcher) {
    for (String server : examples(matcher.servers())) {
      for (String tool : examples(matcher.tools())) {
        effects.add(new Effect.CallTool(server, tool, new Node.Obj(Map.of(), 1)));
        effects.add(new Effect.CallTool(server, tool, arguments(matcher.arguments())));
      }
    }
  }

  private static Node arguments(List<ArgumentMatcher> matchers) {
    Map<String, Node> fields = new LinkedHashMap<>();
    for (ArgumentMatcher matcher : matchers) {
      String value =
          switch (matcher.test()) {
            case ValueTest.Like(TextPattern pattern) -> pattern.example(WORD);
            case ValueTest.OneOf(List<TextPattern> literals) -> literals.getFirst().example(WORD);
            case ValueTest.Matching(Regex regex) -> regex.source();
            case ValueTest.PathBelow(List<PathPattern> paths) -> paths(paths).iterator().next();
            case ValueTest.HostIn(List<NetworkMatcher> targets) -> host(targets.getFirst().hosts());
            case ValueTest.Within(var min, var max) -> number(min, max).toPlainString();
          };
      Node node = new Node.Text(value, 1);
      for (int i = matcher.place().size() - 1; i > 0; i--) {
        String key = matcher.place().get(i);
        node =
            key.equals("*") ? new Node.Arr(List.of(node), 1) : new Node.Obj(Map.of(key, node), 1);
      }
      fields.put(matcher.place().getFirst(), node);
    }
    return new Node.Obj(fields, 1);
  }

  private static List<String> examples(List<TextPattern> patterns) {
    List<String> examples = new ArrayList<>();
    patterns.forEach(pattern -> examples.add(pattern.example(WORD)));
    return examples.isEmpty() ? List.of(WORD) : examples;
  }
}
