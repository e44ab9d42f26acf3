// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.shell.Field.Glob;
import dev.redoubt.guard.shell.Field.Known;
import dev.redoubt.guard.shell.Field.Unknown;
import dev.redoubt.guard.shell.ParseResult.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordExpanderTest {

  private static final WordExpander EXPANDER =
      WordExpander.knowing(
          Map.of(
              "HOME", new Known("/home/me"),
              "PWD", new Known("/work dir"),
              "a", new Known("one"),
              "two", new Known(" b  c "),
              "star", new Known("*.c"),
              "slash", new Known("a\\*"),
              "empty", new Known(""),
              "file", new Glob("src/*.c"),
              "odd", new Unknown("$(x)", "the output of a command")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¤',
      textBlock =
          """
          a'b'"c"\\d § abcd
          '' "" x § | | x
          $a x${a}y "$a" § one | xoney | one
          $two § b | c
          x$two § x | b | c
          x${two}y § x | b | c | y
          "$two" § b c
          $empty "$empty" a$empty § | a
          $star "$star" '*'$star § glob *.c | *.c | glob \\**.c
          $slash § ?
          * a? [a-z] "*" \\* § glob * | glob a? | glob [a-z] | * | *
          [ ] a] [a § [ | ] | a] | [a
          a*"*[\\"\\\\]" § glob a*\\*\\["\\\\\\]
          ~ ~/x "~" ~+/y ~bob § /home/me | /home/me/x | ~ | /work dir/y | ?
          "$file" "$file.bak" § glob src/*.c | glob src/*.c.bak
          $file § ?
          $b "$b" $(c) `c` <(c) $((1)) § ? | ? | ? | ? | ? | ?
          x$b § ?
          ${a:-x} ${#a} ${a[0]} ${!a} "$@" $1 § ? | ? | ? | ? | ? | ?
          {"$a",b}/c § one/c | b/c
          $odd § ?
          """)
  void aWordBecomesFields(String words, String fields) {
    assertThat(
            fields(EXPANDER, words).stream()
                .map(WordExpanderTest::shown)
                .collect(Collectors.joining(" | ")))
        .isEqualToNormalizingWhitespace(fields);
  }

  @Test
  void anUnknownFieldSaysWhatWasWrittenAndWhy() {
    assertThat(fields(EXPANDER, "x$b $odd"))
        .containsExactly(
            new Unknown("x$b", "the value of b is not known"),
            new Unknown("$odd", "the output of a command"));
  }

  @Test
  void aChangedSeparatorMakesSplittingUnknown() {
    WordExpander changed = new WordExpander(Map.of("IFS", ",", "a", "b"));

    assertThat(fields(changed, "\"$a\" $a"))
        .containsExactly(
            new Known("b"), new Unknown("$a", "a value that is split in an unusual way"));
  }

  @Test
  void aTextIsNeitherSplitNorMatched() {
    assertThat(words("$two*\\? $file/x $b").stream().map(EXPANDER::text))
        .containsExactly(
            new Known(" b  c *?"),
            new Glob("src/*.c/x"),
            new Unknown("$b", "the value of b is not known"));
  }

  @Test
  void aTextThatVanishesIsEmpty() {
    assertThat(words("$empty").stream().map(EXPANDER::text)).containsExactly(new Known(""));
  }

  private static String shown(Field field) {
    return switch (field) {
      case Known(String text) -> text;
      case Glob(String pattern) -> "glob " + pattern;
      case Unknown _ -> "?";
    };
  }

  private static List<Field> fields(WordExpander expander, String words) {
    List<Field> fields = new ArrayList<>();
    words(words).forEach(word -> fields.addAll(expander.fields(word)));
    return fields;
  }

  private static List<Word> words(String words) {
    Parsed parsed = (Parsed) ShellParser.parse("- " + words);
    List<Word> all = SimpleCommands.of(parsed.script()).getFirst().words();
    return all.subList(1, all.size());
  }
}
