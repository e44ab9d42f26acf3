// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentRulesTest {

  private static final Situation SITUATION =
      new Situation("/w", Trust.TRUSTED, Wall.NONE, "/home/u");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deny read:docs/**          | docs/a",
        "deny read:docs/**          | docs",
        "deny write:docs/**         | /w/docs/a",
        "deny delete:docs/**        | ./x/../docs/a",
        "deny list:docs/**          | docs/",
        "deny search:docs/**        | docs\\a",
        "deny read:docs/**          | file:///w/docs/a",
        "deny read:docs/**          | docs%2fa",
        "deny read:docs/**          | DOCS/A",
        "deny read:docs/**          | do*/a",
        "deny read:docs/**          | d\u200bocs/a",
        "deny read:Makefile         | Makefile",
        "deny read:~/notes/**       | ~/notes/a",
        "deny read:~/notes/**       | $HOME/notes/a",
        "deny write:**              | src/a b",
        "deny write:**              | README",
        "deny read:**/*.txt         | my file.txt",
        "deny net:docs.example      | https://docs.example/a",
        "deny net:docs.example      | docs.example",
        "deny net:docs.example      | DOCS.example:443",
        "deny net:docs.example      | docs.example/a",
        "deny net:docs.example      | //docs.example/a",
        "deny net:docs.example      | https:/docs.example/a",
        "deny net:docs.example      | https:\\\\docs.example",
        "deny net:docs.example      | https://user@docs.example/a",
        "deny net:docs.example      | git@docs.example:a/b",
        "deny net:docs.example:22   | ssh://git@docs.example/a",
        "deny net:docs.example      | ws://docs.example/a",
        "deny net:docs.example      | https://docs%2eexample/",
        "deny net:*.example         | a.b.example",
        "deny net:8.8.8.8           | 8.8.8.8",
        "deny net:*                 | https://docs.example",
        "deny net:*                 | 8.8.8.8",
        "deny net:*                 | docs.example:80",
      })
  void aDenialOfAPathOrHostHoldsForCallsThatNameIt(String rule, String argument) {
    assertThat(name(judge(user(rule, "allow tool:*/*"), argument))).isEqualTo("deny");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deny read:docs/**          | docs2/a",
        "deny read:docs/**          | src/docs/a",
        "deny read:docs/a           | .",
        "deny read:docs/**          | *",
        "deny write:**              | how do I do it?",
        "deny net:docs.example      | mydocs.example",
        "deny net:docs.example      | see docs.example for more",
        "deny net:docs.example      | https://other.example/docs.example",
        "deny net:docs.example:22   | https://docs.example/",
        "deny net:*                 | README.md",
        "deny net:*                 | src/a.txt",
        "deny net:*                 | 12 apples",
        "deny run:docs *            | docs",
      })
  void whatIsNotNamedIsNotDenied(String rule, String argument) {
    assertThat(name(judge(user(rule, "allow tool:*/*"), argument))).isEqualTo("allow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"allow read:docs/**", "allow write:**", "allow net:docs.example"})
  void aRuleAboutPathsAllowsNoTool(String rule) {
    assertThat(name(judge(user(rule), "docs/a"))).isEqualTo("ask");
    assertThat(name(judge(user(rule), "https://docs.example/"))).isEqualTo("ask");
  }

  @Test
  void aQuestionAboutAPathIsAskedThoughTheToolIsAllowed() {
    Decision decision = judge(user("ask read:docs/**", "allow tool:*/*"), "docs/a");

    assertThat(decision)
        .isEqualTo(
            new Decision.Ask(
                "policy.test:read:docs/**",
                "because (test.toml:1): the arguments name \"docs/a\"",
                List.of()));
  }

  @Test
  void aRuleThatWouldAnswerHalfOfTheQuestionIsNotProposed() {
    Decision decision = judge(user("ask read:docs/**"), "docs/a");

    assertThat(decision).isInstanceOf(Decision.Ask.class);
    assertThat(((Decision.Ask) decision).proposals()).isEmpty();
    assertThat(((Decision.Ask) judge(user("ask read:other"), "docs/a")).proposals()).isNotEmpty();
  }

  @Test
  void everyLayerNarrowsTheWorkspaceOnceItIsTrusted() {
    RuleSet rules = set("deny read:docs/**");
    RuleSet tools = set("allow tool:*/*");
    Layers checkout =
        new Layers(tools, RuleSet.NONE, rules, Widening.REFUSED, new Managed.NotEnrolled());
    Layers managed =
        new Layers(tools, RuleSet.NONE, RuleSet.NONE, Widening.REFUSED, new Managed.InForce(rules));
    Layers typed =
        new Layers(tools, rules, RuleSet.NONE, Widening.REFUSED, new Managed.NotEnrolled());
    Situation untrusted = new Situation("/w", Trust.UNTRUSTED, Wall.NONE, "/home/u");

    assertThat(name(judge(checkout, "docs/a"))).isEqualTo("deny");
    assertThat(name(judge(managed, "docs/a"))).isEqualTo("deny");
    assertThat(name(judge(typed, "docs/a"))).isEqualTo("deny");
    assertThat(name(policy(checkout).decide(call("docs/a"), untrusted))).isEqualTo("allow");
  }

  private static Decision judge(Layers layers, String argument) {
    return policy(layers).decide(call(argument), SITUATION);
  }

  private static LayeredPolicy policy(Layers layers) {
    return new LayeredPolicy(
        new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE), layers, FileFacts.NONE);
  }

  private static Effect.CallTool call(String argument) {
    Node text = new Node.Text(argument, 1);
    return new Effect.CallTool(
        "files",
        "do",
        new Node.Obj(Map.of("options", new Node.Arr(List.of(new Node.Bool(true, 1), text), 1)), 1));
  }

  private static Layers user(String... rules) {
    return new Layers(
        set(rules), RuleSet.NONE, RuleSet.NONE, Widening.REFUSED, new Managed.NotEnrolled());
  }

  private static RuleSet set(String... rules) {
    List<Rule> parsed = new ArrayList<>();
    for (String rule : rules) {
      int space = rule.indexOf(' ');
      parsed.add(
          TestRules.rule(
              Stance.of(rule.substring(0, space)).orElseThrow(), rule.substring(space + 1)));
    }
    return new RuleSet(parsed, List.of());
  }

  private static String name(Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> "allow";
      case Decision.Ask _ -> "ask";
      case Decision.Deny _ -> "deny";
    };
  }
}
