// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.Layers.Managed;
import dev.redoubt.guard.policy.Layers.Widening;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiftedArgumentsTest {

  private static final Situation HERE =
      new Situation("/home/u/w", Trust.TRUSTED, Wall.NONE, "/home/u");
  private static final String LOCAL = "{'url': 'http://localhost:3000/a'}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'url': 'http://localhost:3000/a'}      | tool:browser/navigate                       | deny
          {'url': 'http://localhost:3000/a'}      | tool:*/*                                    | deny
          {'url': 'http://localhost:3000/a'}      | net:localhost:3000                          | ask
          {'url': 'http://localhost:3000/a'}      | net:localhost:3000 tool:browser/navigate    | allow
          {'url': 'http://localhost:3000/a'}      | net:localhost tool:browser/navigate         | allow
          {'url': 'http://localhost:3000/a'}      | net:localhost:3000 tool:browser/*           | ask
          {'url': 'http://localhost:3000/a'}      | net:localhost:3000 tool:*/*                 | ask
          {'url': 'http://localhost:3000/a'}      | net:localhost:3001 tool:browser/navigate    | deny
          {'url': 'http://localhost:3000/a'}      | net:* tool:browser/navigate                 | deny
          {'url': 'http://localhost:3000/a'}      | net:127.0.0.1:3000 tool:browser/navigate    | deny
          {'a': [{'b': 'http://localhost:3000'}]} | net:localhost:3000 tool:browser/navigate    | allow
          {'http://localhost:3000': 1}            | net:localhost:3000 tool:browser/navigate    | allow
          {'a': 'http://localhost:3000', 'b': 'http://10.0.0.1/'} | net:localhost:3000 tool:browser/navigate | deny
          {'a': 'http://localhost:3000', 'b': '~/.ssh/id_rsa'} | net:localhost:3000 tool:browser/navigate | deny
          {'url': 'http://169.254.169.254/'}      | net:169.254.169.254 tool:browser/navigate   | deny
          {'url': 'http://127.1:3000/'}           | net:127.0.0.1:3000 tool:browser/navigate    | deny
          {'url': 'http://a@localhost:3000/'}     | net:localhost:3000 tool:browser/navigate    | deny
          {'path': '~/.aws/credentials'}          | tool:browser/navigate                       | deny
          {'path': '~/.aws/credentials'}          | read:~/.aws/*                               | ask
          {'path': '~/.aws/credentials'}          | read:~/.aws/* tool:browser/navigate         | allow
          {'path': '~/.aws/credentials'}          | read:~/.aws/* tool:browser/*                | ask
          {'path': '~/.aws/credentials'}          | read:~/** tool:browser/navigate             | deny
          {'path': '~/.aws/credentials'}          | read:** tool:browser/navigate               | deny
          {'path': '~/.ssh/id_rsa'}               | read:~/.aws/* tool:browser/navigate         | deny
          {'path': '~/.aws/credentials'}          | write:~/.aws/* tool:browser/navigate        | deny
          {'path': '..%2f..%2f.ssh%2fid_rsa'}     | read:~/.ssh/id_rsa tool:browser/navigate    | deny
          {'path': '/w/a\\u0000.png'}             | read:/w/* tool:browser/navigate             | deny
          {'path': '~/.local/share/redoubt/k'}    | read:~/.local/share/redoubt/* tool:browser/navigate | deny
          """)
  void whatIsDeniedInACallHasToBeNamedByTheOperator(
      String arguments, String allowed, String expected) {
    assertThat(says(layers(allows(allowed), RuleSet.NONE), arguments)).isEqualTo(expected);
    assertThat(says(layers(RuleSet.NONE, allows(allowed)), arguments)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          { at = '/url', equals = 'http://localhost:3000/a' }   | allow
          { at = '/url', glob = 'http://localhost:3000/a' }     | allow
          { at = '/url', glob = 'http://localhost:3000/*' }     | deny
          { at = '/url', glob = '*' }                           | deny
          { at = '/url', regex = 'http://localhost:3000/a' }    | deny
          { at = '/*', equals = 'http://localhost:3000/a' }     | deny
          { at = '/to', equals = 'http://localhost:3000/a' }    | deny
          """)
  void aRuleAboutTheToolNamesAnArgumentByItsWholeText(String argument, String expected) {
    String rule =
        """
        [[guard.rules]]
        effect = "allow"
        action = "tool"
        server = "browser"
        tool = "nav*"
        args = [%s]
        """
            .formatted(argument);

    assertThat(says(layers(file(rule), RuleSet.NONE), LOCAL)).isEqualTo(expected);
  }

  @Test
  void aWorkspaceAndAManagedPolicyLiftNothing() {
    RuleSet rules = allows("net:localhost:3000 tool:browser/navigate");

    Layers workspace =
        new Layers(RuleSet.NONE, RuleSet.NONE, rules, Widening.GRANTED, new Managed.NotEnrolled());
    Layers managed =
        new Layers(
            RuleSet.NONE, RuleSet.NONE, RuleSet.NONE, Widening.REFUSED, new Managed.InForce(rules));

    assertThat(says(workspace, LOCAL)).isEqualTo("deny");
    assertThat(says(managed, LOCAL)).isEqualTo("deny");
  }

  @Test
  void whoeverForbidsTheMachineStillForbidsTheCall() {
    RuleSet allowed = allows("net:localhost:3000 tool:browser/navigate");
    RuleSet denied = new RuleSet(List.of(TestRules.rule(Stance.DENY, "net:localhost")), List.of());

    assertThat(says(layers(allowed.and(denied), RuleSet.NONE), LOCAL)).isEqualTo("deny");
    assertThat(says(layers(denied, allowed), LOCAL)).isEqualTo("deny");
    assertThat(
            says(
                new Layers(
                    allowed, RuleSet.NONE, denied, Widening.REFUSED, new Managed.NotEnrolled()),
                LOCAL))
        .isEqualTo("deny");
    assertThat(
            says(
                new Layers(
                    allowed,
                    RuleSet.NONE,
                    RuleSet.NONE,
                    Widening.REFUSED,
                    new Managed.InForce(denied)),
                LOCAL))
        .isEqualTo("deny");
  }

  @Test
  void theDenialSaysWhichRuleWouldLiftIt() {
    Decision decision = decide(Layers.NONE, LOCAL);

    assertThat(((Decision.Deny) decision).remedies()).containsExactly("net:localhost:3000");
    assertThat(
            ((Decision.Deny) decide(Layers.NONE, "{'url': 'http://169.254.169.254/'}")).remedies())
        .isEmpty();
  }

  @Test
  void theRuleThatLiftedIsAmongTheMatches() {
    Layers layers = layers(allows("net:localhost:3000 tool:browser/navigate"), RuleSet.NONE);

    assertThat(layers.answer(call(LOCAL), scene(), LiftedArgumentsTest::builtIn).matches())
        .extracting(match -> match.rule().source().id())
        .containsExactly("policy.test:net:localhost:3000", "policy.test:tool:browser/navigate");
  }

  private static Layers layers(RuleSet user, RuleSet typed) {
    return new Layers(user, typed, RuleSet.NONE, Widening.REFUSED, new Managed.NotEnrolled());
  }

  private static RuleSet allows(String rules) {
    List<Rule> read = new ArrayList<>();
    for (String rule : rules.split(" ", -1)) {
      read.add(TestRules.rule(Stance.ALLOW, rule));
    }
    return new RuleSet(read, List.of());
  }

  private static RuleSet file(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return PolicyFile.read(bytes, "test.toml", Origin.USER, LocalDate.of(2026, 1, 1)).rules();
  }

  private static Effect.CallTool call(String arguments) {
    try {
      byte[] json = arguments.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      return new Effect.CallTool("browser", "navigate", Json.readStrict(json, Limits.SCAN));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Scene scene() {
    return new Scene(HERE, FileFacts.NONE);
  }

  private static Decision builtIn(Effect effect) {
    return new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE).decide(effect, HERE);
  }

  private static Decision decide(Layers layers, String arguments) {
    return layers.decide(call(arguments), scene(), LiftedArgumentsTest::builtIn);
  }

  private static String says(Layers layers, String arguments) {
    return switch (decide(layers, arguments)) {
      case Decision.Allow _ -> "allow";
      case Decision.Ask _ -> "ask";
      case Decision.Deny _ -> "deny";
    };
  }
}
