// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Layers.Widening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where in the arguments of a tool a rule looks, and what it takes for a name.
class ArgumentEdgesTest {

  private static final Scene SCENE =
      new Scene(new Situation("/w", Trust.TRUSTED, Wall.NONE, "/home/u"), FileFacts.NONE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a     | {'a': 'x'}                      | true  | true
          a     | {'b': 'x'}                      | false | false
          a     | {'a': 'y'}                      | false | false
          a     | {'a': {'b': ['y', 'x']}}        | false | true
          a     | {'a': ['y', {'b': 'y'}]}        | false | false
          a/0   | {'a': ['x', 'y']}               | true  | true
          a/1   | {'a': ['x', 'y']}               | false | false
          a/2   | {'a': ['x', 'x']}               | false | false
          a/0/b | {'a': [{'b': 'x'}]}             | true  | true
          a/*   | {'a': ['x', 'x']}               | true  | true
          a/*   | {'a': ['x', 'y']}               | false | true
          a/*   | {'a': {'b': 'x', 'c': 'x'}}     | true  | true
          a/*   | {'a': {'b': 'x', 'c': 'y'}}     | false | true
          a/*   | {'a': []}                       | false | false
          */b   | {'a': {'b': 'x'}}               | true  | true
          a     | {'a': 'X'}                      | false | true
          a     | {'a': '%78'}                    | false | true
          a     | {'a': '%2578'}                  | false | true
          a     | {'a': '%7'}                     | false | false
          a     | {'a': 'x\\u200b'}               | false | true
          a     | {'a': 'ｘ'}                      | false | true
          """)
  void aPlaceIsFoundSurelyOrPossibly(
      String place, String arguments, boolean sure, boolean possible) {
    ArgumentMatcher matcher =
        new ArgumentMatcher(
            List.of(place.split("/", -1)), new ValueTest.Like(TextPattern.literal("x")));

    assertThat(matcher.matches(node(arguments), SCENE, Certainty.SURE)).isEqualTo(sure);
    assertThat(matcher.matches(node(arguments), SCENE, Certainty.POSSIBLE)).isEqualTo(possible);
  }

  @Test
  void beyondEveryDepthEverythingIsPossible() {
    String deep = "[".repeat(70) + "'y'" + "]".repeat(70);
    String shallow = "[".repeat(20) + "'y'" + "]".repeat(20);
    ArgumentMatcher matcher =
        new ArgumentMatcher(List.of("a"), new ValueTest.Like(TextPattern.literal("x")));

    assertThat(matcher.matches(node("{'a': " + deep + "}"), SCENE, Certainty.POSSIBLE)).isTrue();
    assertThat(matcher.matches(node("{'a': " + shallow + "}"), SCENE, Certainty.POSSIBLE))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'a': 'docs.example'}               | net:docs.example      | deny
          {'a': 'https:/docs.example/b'}      | net:docs.example      | deny
          {'a': 'svn+ssh:/docs.example/b'}    | net:docs.example      | deny
          {'a': 'a1.b-c:/docs.example/b'}     | net:docs.example      | deny
          {'a': '//docs.example/b'}           | net:docs.example      | deny
          {'a': 'git@docs.example:b'}         | net:docs.example      | deny
          {'a': 'docs.example:80/b'}          | net:docs.example      | deny
          {'a': 'docs.example?b'}             | net:docs.example      | deny
          {'a': 'docs.example#b'}             | net:docs.example      | deny
          {'a': 'x docs.example'}             | net:docs.example      | ask
          {'a': 'other.example'}              | net:docs.example      | ask
          {'docs.example': 1}                 | net:docs.example      | deny
          {'a': {'b': ['secret/x']}}          | read:secret/**        | deny
          {'secret/x': 1}                     | read:secret/**        | deny
          {'secret': 1}                       | read:**               | ask
          {'a': 'secret'}                     | read:**               | deny
          {'a': 'two words'}                  | read:**               | ask
          {'a': 'two/words here'}             | read:**               | deny
          {'a': 'secret/*'}                   | read:secret/x         | deny
          {'a': '*'}                          | read:secret/x         | ask
          {'a': ' '}                          | read:**               | ask
          {'a': 1, 'b': true, 'c': null}      | read:**               | ask
          """)
  void whatATextMayNameIsForbidden(String arguments, String rule, String expected) {
    assertThat(says(user(TestRules.rule(Stance.DENY, rule)), arguments)).isEqualTo(expected);
  }

  @Test
  void theStrictestRuleAboutAnArgumentCounts() {
    Rule asks = TestRules.rule(Stance.ASK, "read:secret/**");
    Rule denies = TestRules.rule(Stance.DENY, "read:secret/x");
    Rule run = TestRules.rule(Stance.DENY, "run:secret/x");

    for (List<Rule> rules :
        List.of(List.of(asks, denies), List.of(denies, asks), List.of(run, denies))) {
      assertThat(says(user(rules.toArray(Rule[]::new)), "{'a': 'secret/x'}")).isEqualTo("deny");
    }
    assertThat(says(user(asks, run), "{'a': 'secret/x'}")).isEqualTo("ask");
    assertThat(ArgumentRules.canMatch(new RuleSet(List.of(run), List.of()))).isFalse();
    assertThat(ArgumentRules.canMatch(new RuleSet(List.of(run, asks), List.of()))).isTrue();
  }

  @Test
  void aLongTextIsShownCutShort() {
    String text = "secret/" + "x".repeat(300);
    Decision decision =
        decide(user(TestRules.rule(Stance.DENY, "read:secret/**")), "{'a': '" + text + "'}");

    assertThat(decision.reason()).endsWith("\"" + text.substring(0, 200) + "\"");
  }

  @Test
  void everySingleTextHasToBeNamed() {
    Layers layers =
        user(
            TestRules.rule(Stance.ALLOW, "net:localhost:1"),
            TestRules.rule(Stance.ALLOW, "tool:s/t"));

    assertThat(says(layers, "{'a': 'http://localhost:1/', 'b': 'c', 'd': [1, true, null]}"))
        .isEqualTo("allow");
    assertThat(says(layers, "{'a': ['http://localhost:1/', 'http://localhost:2/']}"))
        .isEqualTo("deny");
    assertThat(says(layers, "{'a': ['http://localhost:2/', 'http://localhost:1/']}"))
        .isEqualTo("deny");
    assertThat(says(layers, "{'http://localhost:2/': 'http://localhost:1/'}")).isEqualTo("deny");
    assertThat(says(layers, "{'http://localhost:1/': 'http://localhost:2/'}")).isEqualTo("deny");
  }

  @Test
  void withoutTheWorkspaceEverybodyElsesRulesStay() {
    RuleSet own = new RuleSet(List.of(TestRules.rule(Stance.ALLOW, "tool:s/t")), List.of());
    Managed managed = new Managed.InForce(own);
    Layers layers = new Layers(own, own, own, Widening.GRANTED, managed);

    assertThat(layers.withoutWorkspace())
        .isEqualTo(new Layers(own, own, RuleSet.NONE, Widening.GRANTED, managed));
    assertThat(layers.answer(call("{}"), SCENE, ArgumentEdgesTest::builtIn).matches())
        .as("one of the operator, one of the workspace, one managed")
        .hasSize(3);
  }

  @Test
  void aRuleOfEqualStrictnessReplacesWithItsOwnReason() {
    assertThat(decide(user(TestRules.rule(Stance.ASK, "tool:s/t")), "{}").rule())
        .isEqualTo("policy.test:tool:s/t");
  }

  private static Layers user(Rule... rules) {
    return new Layers(
        new RuleSet(List.of(rules), List.of()),
        RuleSet.NONE,
        RuleSet.NONE,
        Widening.REFUSED,
        new Managed.NotEnrolled());
  }

  private static Decision builtIn(Effect effect) {
    return new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE).decide(effect, SCENE.situation());
  }

  private static Decision decide(Layers layers, String arguments) {
    return layers.decide(call(arguments), SCENE, ArgumentEdgesTest::builtIn);
  }

  private static String says(Layers layers, String arguments) {
    return List.of("allow", "ask", "deny").get(decide(layers, arguments).strictness());
  }

  private static Effect.CallTool call(String arguments) {
    return new Effect.CallTool("s", "t", node(arguments));
  }

  private static Node node(String arguments) {
    try {
      byte[] json = arguments.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      return Json.readStrict(json, Limits.SCAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
