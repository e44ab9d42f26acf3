// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShortRuleTest {

  @Test
  void aRuleOfTheCommandLineSaysWhereItComesFrom() {
    Rule rule = ShortRule.parse("run:mvn *", Stance.ALLOW, 2);

    assertThat(rule.source())
        .isEqualTo(new Rule.Source("policy.command-line:2", "--allow", 2, Origin.COMMAND_LINE));
    assertThat(rule.reason()).isEqualTo("allowed by --allow 'run:mvn *'");
    assertThat(ShortRule.parse("run:x", Stance.DENY, 1).reason())
        .isEqualTo("refused by --deny 'run:x'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mvn         | it starts with one of
          :x          | it starts with one of
          run:        | nothing follows
          tool:s      | a tool is written SERVER/TOOL
          tool:/t     | pattern ""
          model:/eu   | pattern ""
          load::x     | kind ""
          """)
  void whatMeansNothingSaysWhy(String text, String reason) {
    assertThatThrownBy(() -> ShortRule.matcher(text)).hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "model:p/eu, p, eu, true",
    "model:p/eu, p, us, false",
    "model:p, p, us, true",
    "model:p, q, us, false",
  })
  void aModelIsNamedWithOrWithoutItsPlace(
      String rule, String provider, String residency, boolean matches) {
    assertThat(
            ShortRule.matcher(rule)
                .matches(
                    new Effect.SendToModel(provider, residency), Example.SCENE, Certainty.SURE))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @MethodSource("effects")
  void theNarrowestRuleIsOneAPersonCanRead(Effect effect, Optional<String> rule) {
    assertThat(ShortRule.narrowestFor(effect)).isEqualTo(rule);
  }

  static Stream<Arguments> effects() {
    return Stream.of(
        row(call("a*b\\c", "t*"), "tool:a\\*b\\\\c/t\\*"),
        row(call("/a", "t"), null),
        row(call("a/b", "t"), null),
        row(call("a", "t/u"), "tool:a/t/u"),
        row(new Effect.SendToModel("p*", "eu"), "model:p\\*/eu"),
        row(new Effect.SendToModel("/p", "eu"), null),
        row(new Effect.SendToModel("p/q", "eu"), null),
        row(command("a".repeat(996)), "run:" + "a".repeat(996)),
        row(command("a".repeat(997)), null),
        row(command("a\u0007"), null),
        row(command("a\u200b"), null),
        row(command("a\ue000"), null),
        row(new Effect.Connect("GET", "https://a.example/x"), "net:a.example:443"),
        row(new Effect.Connect("", "a b"), null),
        row(new Effect.File(Access.READ, Place.at("/w/a*/../b*")), "read:/w/b\\*"),
        row(new Effect.File(Access.READ, new Place("a", "/w/a", Place.Kind.GLOB)), null),
        row(
            new Effect.LoadConfig(ConfigKind.HOOK, Place.at("/w/h"), "0".repeat(64)),
            "load:hook:/w/h"),
        row(new Effect.StartServer("s"), null),
        row(new Effect.Opaque("r", "s", "t"), null));
  }

  private static Arguments row(Effect effect, String rule) {
    return Arguments.of(effect, Optional.ofNullable(rule));
  }

  private static Effect call(String server, String tool) {
    return new Effect.CallTool(server, tool, new Node.Obj(Map.of(), 1));
  }

  private static Effect command(String word) {
    return new Effect.Command(List.of(word), Nature.UNKNOWN, "");
  }
}
