// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.shell.ParseResult.NotUnderstood;
import dev.redoubt.guard.shell.ParseResult.Parsed;
import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the text, there is an answer, and soon.
class ShellParserBoundsTest {

  private static final String ALPHABET =
      " \t\n'\"\\$`(){}[]<>|&;#!*?~=,.:-+@%^aEc1\u00e9\u3000\ud83d\udc4d\r\u0000";
  private static final List<String> OPENERS =
      List.of(
          "(",
          "$(",
          "${x:-",
          "\"$(",
          "`",
          "{ ",
          "$((",
          "<(",
          "if ",
          "[[ (",
          "a=(",
          "x[",
          "{a,",
          "case x in a) ",
          "f() { ",
          "while ",
          "! ",
          "\\\n",
          "<<E ",
          "\"",
          "$'",
          "((",
          "coproc ",
          "$(case a in (",
          "\"${x:-\"",
          "${x[",
          "a |",
          "a &&\n",
          "{a,b}",
          "a <<E\n$(");

  @ParameterizedTest
  @MethodSource("openers")
  void whatIsOpenedManyTimesIsAnswered(String opener) {
    String text = opener.repeat(ShellParser.MAX_LENGTH / opener.length());

    assertThat(ShellParser.parse(text)).isNotNull();
    assertThat(ShellParser.parse("echo " + text)).isNotNull();
  }

  static Stream<String> openers() {
    return OPENERS.stream();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void foreignInputIsAnswered(String name) {
    String text = new String(Hostile.inputs().get(name), StandardCharsets.UTF_8);

    assertThat(ShellParser.parse(text)).isNotNull();
  }

  static Stream<String> hostile() {
    return Hostile.inputs().keySet().stream();
  }

  @Test
  void randomTextIsAnsweredAndNothingIsLost() {
    Seeded.check(
        3000,
        random -> {
          String text = Seeded.text(random, ALPHABET, random.nextInt(60));
          switch (ShellParser.parse(text)) {
            case Parsed(Script script, _) ->
                assertThat(script.span().written())
                    .isEqualTo(text.substring(script.span().start()));
            case NotUnderstood(_, int offset) -> assertThat(offset).isBetween(0, text.length());
          }
        });
  }

  @Test
  void mixturesOfOpenersAreAnswered() {
    Seeded.check(
        1000,
        random -> {
          StringBuilder text = new StringBuilder();
          for (int i = random.nextInt(300); i >= 0; i--) {
            text.append(Seeded.pick(random, OPENERS)).append(random.nextInt(3) == 0 ? "a " : "");
          }
          assertThat(ShellParser.parse(text.toString())).isNotNull();
        });
  }

  @Test
  void theSameTextHasTheSameTree() {
    Seeded.check(
        300,
        random -> {
          String line = ShellLines.line(random);
          assertThat(ShellParser.parse(line)).isEqualTo(ShellParser.parse(line));
        });
  }

  @Test
  void aLongTextIsNotUnderstood() {
    assertThat(ShellParser.parse("a".repeat(ShellParser.MAX_LENGTH))).isInstanceOf(Parsed.class);
    assertThat(ShellParser.parse("a".repeat(ShellParser.MAX_LENGTH + 1)))
        .isEqualTo(new NotUnderstood("longer than 65536 characters", ShellParser.MAX_LENGTH));
  }

  @Test
  void aDeepTextIsNotUnderstood() {
    assertThat(ShellParser.parse("( ".repeat(60) + "a" + ")".repeat(60)))
        .isInstanceOf(Parsed.class);
    assertThat(ShellParser.parse("( ".repeat(70) + "a" + ")".repeat(70)))
        .isInstanceOf(NotUnderstood.class);
  }

  /// What is closed does not count, what is open does.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          "$x"        ~ "${x:-        ~ }"
          ${x:-a}     ~ ${x:-         ~ }
          ${x[1]}     ~ ${x[          ~ ]}
          $(a)        ~ $(a           ~ )
          $((1))      ~ $((1 + $((1   ~ ))
          <(a)        ~ a <(          ~ )
          """)
  void whatIsClosedDoesNotCountAsDepth(String one, String open, String close) {
    assertThat(ShellParser.parse("a " + (one + " ").repeat(300)) instanceof Parsed).isTrue();
    assertThat(ShellParser.parse("a " + open.repeat(70) + "b" + close.repeat(70)))
        .isInstanceOf(NotUnderstood.class);
  }

  /// Each of these is one level, wherever it stands.
  @ParameterizedTest
  @ValueSource(
      strings = {"`a`", "$(a)", "<(a)", "${x[1]}", "${x:-a}", "$((1))", "a=(b)", "{ a; }", "((1))"})
  void whatIsNestedIsOneLevelDeeper(String inside) {
    int most = 64;
    while (!(ShellParser.parse("( ".repeat(most) + "a" + ")".repeat(most)) instanceof Parsed)) {
      most--;
    }
    assertThat(most).isGreaterThan(30);
    assertThat(ShellParser.parse("( ".repeat(most) + inside + ")".repeat(most)))
        .isInstanceOfSatisfying(
            NotUnderstood.class, it -> assertThat(it.reason()).startsWith("nested deeper than"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a); ", "{ a; }; ", "[[ ( a ) ]]; ", "a=(b); ", "`a`; ", "((1)); ", "x[1]=2; "})
  void aListOfShortCommandsIsNotDeep(String command) {
    assertThat(ShellParser.parse(command.repeat(300))).isInstanceOf(Parsed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          [[~ ( ~a~ ) ~]]
          a=(~ [$(x=( ~b~ ))]=1 ~)
          ~{ ~a~; } ~
          """)
  void aDeepCommandIsNotUnderstood(String head, String open, String in, String close, String end) {
    String before = head == null ? "" : head + " ";
    String after = end == null ? "" : " " + end;

    assertThat(ShellParser.parse(before + open.repeat(70) + in + close.repeat(70) + after))
        .isInstanceOf(NotUnderstood.class);
  }

  @Test
  void wordsOfBracesAreCountedOverTheWholeText() {
    NotUnderstood many = new NotUnderstood("the braces make more words than are looked at", 2);

    assertThat(ShellParser.parse("a " + "{1..1000} ".repeat(4)) instanceof Parsed).isTrue();
    assertThat(ShellParser.parse("a " + "{1..1000} ".repeat(5))).isInstanceOf(NotUnderstood.class);
    assertThat(ShellParser.parse("a {1..1025}")).isInstanceOf(NotUnderstood.class);
    assertThat(ShellParser.parse("a {5..1028}") instanceof Parsed).isTrue();
    assertThat(ShellParser.parse("a {0..4000..4}") instanceof Parsed).isTrue();
    assertThat(ShellParser.parse("a {-600..600}")).isInstanceOf(NotUnderstood.class);
    assertThat(ShellParser.parse("a " + "x".repeat(2000) + "{1..90}")).isEqualTo(many);
    assertThat(ShellParser.parse("a {1..90}{b,%s}".formatted("x".repeat(2000)))).isEqualTo(many);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a,b}", "{1..900}", "{a,b,c}x", "{{a,b},{c,d}}"})
  void bracesThatMultiplyAreNotUnderstood(String braces) {
    assertThat(ShellParser.parse("a " + braces.repeat(16)))
        .isEqualTo(new NotUnderstood("the braces make more words than are looked at", 2));
  }

  @Test
  void everyCharacterThatDoesNotShowIsRefused() {
    for (int c :
        List.of(0, 7, 8, 11, 12, 13, 27, 127, 0x85, 0xad, 0x200b, 0x202e, 0x2066, 0xfeff)) {
      for (String line : List.of("a%sb", "a '%s'", "a # %s", "a \"%s\"", "a <<E\n%s\nE\n")) {
        assertThat(ShellParser.parse(line.replace("%s", Character.toString(c))))
            .as("%x in %s", c, line)
            .isInstanceOf(NotUnderstood.class);
      }
    }
  }

  @Test
  void lettersOfAnyScriptAreFine() {
    assertThat(Map.of("a é", "[a é]", "a '\ud83d\udc4d\ufe0f'", "[a '\ud83d\udc4d\ufe0f']"))
        .allSatisfy((line, tree) -> assertThat(TreeText.of(line)).isEqualTo(tree));
  }
}
