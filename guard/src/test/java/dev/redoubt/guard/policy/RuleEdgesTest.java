// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.Place;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which effects a rule with all its keys is about, and what an example means.
class RuleEdgesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tool  | server='s'; args=[{at='/a',equals='b'}] | tool:s/t {"a":"b"}        | true  | true
          tool  | server='s'; args=[{at='/a',equals='b'}] | tool:s/t {"a":"c"}        | false | false
          tool  | server='s'; args=[{at='/a',equals='b'}] | tool:s/t                  | false | false
          tool  | server='s'; args=[{at='/a',equals='b'}] | tool:x/t {"a":"b"}        | false | false
          tool  | server='s'; args=[{at='/a',regex='b+'}] | tool:s/t {"a":"bb"}       | true  | true
          tool  | server='s'; args=[{at='/a',regex='b+'}] | tool:s/t {"a":"bbc"}      | false | true
          tool  | server='s'; args=[{at='/a',regex='b+'}] | tool:s/t {"a":"c"}        | false | false
          tool  | server='s'; args=[{at='/a/*/c',glob='d*'}] | tool:s/t {"a":[{"c":"de"}]} | true | true
          tool  | server='s'; args=[{at='/a/*/c',glob='d*'}] | tool:s/t {"a":[{"c":"e"}]} | false | false
          start-server | server='s*'                      | start-server:sa           | true  | true
          start-server | server='s*'                      | start-server:t            | false | false
          start-server | server='s*'                      | run:sa                    | false | false
          model | provider='p'; residency='eu'            | model:p/eu                | true  | true
          model | provider='p'; residency='eu'            | model:p                   | false | false
          load  | kind='hook'; path='h/*'                 | load:hook:h/a             | true  | true
          load  | kind='hook'; path='h/*'                 | load:hook:a               | false | false
          load  | kind='hook'; path='h/*'                 | load:skill:h/a            | false | false
          load  | kind='hook'                             | load:hook                 | true  | true
          read  | path='**'; unless={path='secret'}       | read:secret               | false | false
          read  | path='**'; unless={path='secret'}       | read:SECRET               | false | true
          read  | path='**'; unless={path='secret'}       | read:other                | true  | true
          read  | path='~/x'                              | read:~/x                  | true  | true
          read  | path='/x'                               | read:/x                   | true  | true
          read  | path='/x'                               | search:/                  | false | true
          read  | path='/x'                               | list:/                    | false | false
          net   | host='a.example'; method='PUT'          | net:PUT https://a.example/ | true  | true
          net   | host='a.example'; method='PUT'          | net:https://a.example/    | false | false
          net   | host='a.example'; method='GET'          | net:https://a.example/    | true  | true
          net   | host='a.example'; method='GET'          | net:a.example:443         | false | true
          run   | command='a "b c" *'                     | run:a 'b c' d             | true  | true
          run   | command='a "b c" *'                     | run:a b c                 | false | false
          run   | command='a b\\ c'                     | run:a "b c"               | true  | true
          run   | command="a '*'"                         | run:a '*'                 | true  | true
          run   | command="a '*'"                         | run:a b                   | false | false
          run   | command='a "\\\\"'                  | run:a '\\'              | true  | true
          run   | command='*'                             | run:a b                   | true  | true
          """)
  void aRuleIsAboutAnEffect(
      String action, String keys, String example, boolean allows, boolean denies) {
    Effect effect = Example.of(example).effect();

    assertThat(read("allow", action, keys).verdict(effect, Example.SCENE).isPresent())
        .isEqualTo(allows);
    assertThat(read("deny", action, keys).verdict(effect, Example.SCENE).isPresent())
        .isEqualTo(denies);
  }

  @ParameterizedTest
  @CsvSource({
    "net:, nothing follows",
    ":x, starts with one of",
    "x, starts with one of",
    "tool:s, SERVER/TOOL",
    "tool:/t, SERVER/TOOL",
    "tool:s/, SERVER/TOOL",
    "tool:s/ {}, SERVER/TOOL",
    "tool:s/t x, no JSON",
    "load:x, kind",
  })
  void whatIsNoExampleSaysWhy(String text, String reason) {
    assertThatThrownBy(() -> Example.of(text)).hasMessageContaining(reason);
  }

  @Test
  void aWordIsQuotedWhereItHasToBe() {
    assertThat(Stream.of("a", "", "a b", "it's", "*", "\\", "\"", "!~").map(Words::quoted))
        .containsExactly("a", "''", "'a b'", "'it'\\''s'", "'*'", "'\\'", "'\"'", "!~");
  }

  @ParameterizedTest
  @MethodSource("effects")
  void whatWasJudgedMayWrite(Effect effect, boolean writes) {
    Decision allow = new Decision.Allow("r", "");
    Judgement.Part reads =
        new Judgement.Part(new Effect.File(Access.READ, Place.at("/w/a")), allow);

    assertThat(
            new Judgement(allow, List.of(reads, new Judgement.Part(effect, allow)), List.of())
                .mayWrite())
        .isEqualTo(writes);
  }

  static Stream<Arguments> effects() {
    return Stream.of(
        Arguments.of(new Effect.Command(List.of("a"), Nature.HARMLESS, ""), false),
        Arguments.of(new Effect.Command(List.of("a"), Nature.FILES_ONLY, ""), true),
        Arguments.of(new Effect.File(Access.READ, Place.at("/w/a")), false),
        Arguments.of(new Effect.File(Access.LIST, Place.at("/w/a")), false),
        Arguments.of(new Effect.File(Access.WRITE, Place.at("/w/a")), true),
        Arguments.of(new Effect.File(Access.DELETE, Place.at("/w/a")), true),
        Arguments.of(new Effect.Connect("PUT", "https://a.example/"), false),
        Arguments.of(new Effect.Opaque("r", "s", "t"), true),
        Arguments.of(new Effect.CallTool("s", "t", new Node.Obj(Map.of(), 1)), true),
        Arguments.of(new Effect.StartServer("s"), true),
        Arguments.of(new Effect.SendToModel("p", "eu"), true),
        Arguments.of(
            new Effect.LoadConfig(ConfigKind.HOOK, Place.at("/w/h"), "0".repeat(64)), true));
  }

  @Test
  void anExpressionIsEqualWhenItIsWrittenTheSame() {
    assertThat(Regex.of("a+")).isEqualTo(Regex.of("a+")).hasSameHashCodeAs(Regex.of("a+"));
    assertThat(Regex.of("a+")).isNotEqualTo(Regex.of("a*")).isNotEqualTo("a+");
    assertThat(Regex.of("a+")).doesNotHaveSameHashCodeAs(Regex.of("a*")).hasToString("a+");
    assertThat(Regex.mistake("a".repeat(1_000))).isEmpty();
    assertThat(Regex.mistake("a".repeat(1_001))).contains("is longer than 1,000 characters");
  }

  private static RuleSet read(String effect, String action, String keys) {
    String text =
        "[[guard.rules]]\neffect = '%s'\naction = '%s'\nreason = 'r'\n%s\n"
            .formatted(effect, action, keys.replace("; ", "\n"));
    return PolicyFile.read(
            text.getBytes(StandardCharsets.UTF_8),
            "test.toml",
            Origin.USER,
            LocalDate.of(2026, 1, 1))
        .rules();
  }
}
