// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Layers.Widening;
import dev.redoubt.guard.policy.Rule.Condition;
import dev.redoubt.guard.policy.Rule.Source;
import dev.redoubt.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds for any rules and any effect.
class RulePropertiesTest {

  private static final int RUNS = 20_000;
  private static final List<String> WORDS = List.of("a", "b", "A", "ab", "*", "a*", "*b", "*");
  private static final List<String> PATHS =
      List.of(
          "a",
          "a/b",
          "a/**",
          "**",
          "**/b",
          "a/*",
          "*/b",
          "A/b",
          "/workspace/a",
          "/etc/**",
          "/**",
          "~/a",
          "~/**",
          "a?",
          "a/b/c",
          "*");
  private static final List<String> HOSTS =
      List.of("a.example", "*.a.example", "b.a.example", "*", "a.example:443", "10.0.0.1");
  private static final List<String> NAMES = List.of("a", "b", "*", "a*", "A");

  @Test
  void theStrictestRuleThatMatchesWinsInAnyOrder() {
    Seeded.check(
        RUNS,
        random -> {
          List<Rule> rules = rules(random, 1 + random.nextInt(5));
          Effect effect = effect(random);
          Optional<Stance> strictest =
              rules.stream()
                  .filter(rule -> rule.matches(effect, Example.SCENE))
                  .map(Rule::stance)
                  .max(Stance::compareTo);

          assertThat(stance(rules, effect)).isEqualTo(strictest);
          assertThat(stance(rules.reversed(), effect)).isEqualTo(strictest);
        });
  }

  @Test
  void aWorkspaceAndAManagedPolicyOnlyNarrow() {
    Seeded.check(
        RUNS,
        random -> {
          RuleSet user = new RuleSet(rules(random, random.nextInt(3)), List.of());
          RuleSet narrowing = new RuleSet(rules(random, 1 + random.nextInt(4)), List.of());
          Effect effect = effect(random);
          Decision builtIn = builtIn(random);
          int before =
              layers(user, RuleSet.NONE, new Managed.NotEnrolled())
                  .decide(effect, Example.SCENE, _ -> builtIn)
                  .strictness();

          assertThat(
                  layers(user, narrowing, new Managed.NotEnrolled())
                      .decide(effect, Example.SCENE, _ -> builtIn)
                      .strictness())
              .isGreaterThanOrEqualTo(before);
          assertThat(
                  layers(user, RuleSet.NONE, new Managed.InForce(narrowing))
                      .decide(effect, Example.SCENE, _ -> builtIn)
                      .strictness())
              .isGreaterThanOrEqualTo(before);
        });
  }

  @Test
  void aRuleThatIsShadowedNeverDecides() {
    Seeded.check(
        RUNS * 5,
        random -> {
          Rule wide = rule(random, 1);
          Rule narrow = rule(random, 2);
          Effect effect = effect(random);
          if (wide.shadows(narrow) && narrow.matches(effect, Example.SCENE)) {
            assertThat(wide.matches(effect, Example.SCENE))
                .as("%s over %s on %s", wide, narrow, effect)
                .isTrue();
          }
        });
  }

  @Test
  void whatIsSureIsPossible() {
    Seeded.check(
        RUNS,
        random -> {
          Matcher matcher = matcher(random);
          Effect effect = effect(random);
          if (matcher.matches(effect, Example.SCENE, Certainty.SURE)) {
            assertThat(matcher.matches(effect, Example.SCENE, Certainty.POSSIBLE))
                .as("%s on %s", matcher, effect)
                .isTrue();
          }
        });
  }

  @Test
  void theNarrowestRuleMeansItsEffect() {
    Seeded.check(
        RUNS,
        random -> {
          Effect effect = effect(random);
          Optional<String> narrowest = ShortRule.narrowestFor(effect);
          if (narrowest.isPresent()) {
            assertThat(
                    ShortRule.matcher(narrowest.get())
                        .matches(effect, Example.SCENE, Certainty.SURE))
                .as("%s for %s", narrowest, effect)
                .isTrue();
          }
        });
  }

  private static Optional<Stance> stance(List<Rule> rules, Effect effect) {
    return new RuleSet(rules, List.of())
        .verdict(effect, Example.SCENE)
        .map(match -> match.rule().stance());
  }

  private static Layers layers(RuleSet user, RuleSet workspace, Managed managed) {
    return new Layers(user, RuleSet.NONE, workspace, Widening.REFUSED, managed);
  }

  private static Decision builtIn(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Decision.Allow("built-in", "");
      case 1 -> new Decision.Ask("built-in", "", List.of());
      default -> new Decision.Deny("built-in", "", List.of());
    };
  }

  private static List<Rule> rules(RandomGenerator random, int count) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rules.add(rule(random, i + 1));
    }
    return rules;
  }

  private static Rule rule(RandomGenerator random, int line) {
    List<Matcher> unless = random.nextInt(4) == 0 ? List.of(matcher(random)) : List.of();
    return new Rule(
        new Source("policy.p:" + line, "p", line, Origin.USER),
        Seeded.pick(random, List.of(Stance.values())),
        new Condition(matcher(random), unless, null),
        "because",
        null,
        List.of());
  }

  private static Matcher matcher(RandomGenerator random) {
    String text =
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> "run:" + words(random, WORDS);
          case 3 -> "net:" + Seeded.pick(random, HOSTS);
          case 4 -> "tool:" + Seeded.pick(random, NAMES) + "/" + Seeded.pick(random, NAMES);
          default ->
              Seeded.pick(random, List.of("read:", "write:", "delete:", "search:", "list:"))
                  + Seeded.pick(random, PATHS);
        };
    return ShortRule.matcher(text);
  }

  private static Effect effect(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 ->
          new Effect.Command(
              List.of(
                  words(random, List.of("a", "b", "A", "/bin/a", "ab", "aab", "a*", "it's"))
                      .split(" ", -1)),
              Nature.UNKNOWN,
              "");
      case 3 ->
          new Effect.Connect(
              "",
              Seeded.pick(
                  random,
                  List.of("a.example:443", "b.a.example:80", "A.example:1", "10.0.0.1:80", "a b")));
      case 4 ->
          new Effect.CallTool(
              Seeded.pick(random, List.of("a", "ab", "A")),
              Seeded.pick(random, List.of("a", "b", "B")),
              new Node.Obj(Map.of(), 1));
      default -> new Effect.File(Seeded.pick(random, List.of(Access.values())), place(random));
    };
  }

  private static Place place(RandomGenerator random) {
    String path =
        Seeded.pick(
            random,
            List.of(
                "/workspace",
                "/workspace/a",
                "/workspace/a/b",
                "/workspace/A/B",
                "/workspace/x/../a",
                "/home/user/a",
                "/etc/passwd",
                "/",
                "/workspace/a/*",
                "/workspace/*/b",
                "/workspace/a/b/c/d"));
    return path.contains("*")
        ? new Place(path, path, Place.Kind.GLOB)
        : new Place(path, path, Place.Kind.EXACT);
  }

  private static String words(RandomGenerator random, List<String> words) {
    StringBuilder text = new StringBuilder(Seeded.pick(random, words));
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(' ').append(Seeded.pick(random, words));
    }
    return text.toString().replace("**", "*");
  }
}
