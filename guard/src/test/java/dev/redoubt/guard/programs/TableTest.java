// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

  private static final Table GNU =
      Table.harmless("shows")
          .numbers()
          .flags("-ab --all --colour")
          .flags("--color")
          .flags(Meaning.RECURSES, "-r --recursive")
          .values("-n --lines")
          .values(Meaning.READS, "-f --file")
          .optional("-i --indent")
          .operands(Operands.PATTERN_THEN_READ)
          .patternIn("-e --regexp")
          .values("-e --regexp")
          .build();

  private static final Table HARMFUL =
      Table.harmless("sorts")
          .flags("-ab --all")
          .flags(Meaning.CHANGES, "-s --set")
          .values(Meaning.WRITES, "-o --output")
          .values(Meaning.STARTS, "--compress-program")
          .values(Meaning.SHELL, "--shell")
          .values(Meaning.FOLDER, "-C")
          .operands(Operands.READ)
          .build();

  private static final Table WORDS =
      Table.harmless("words")
          .words()
          .flags("-all")
          .values("-n --lines")
          .values(Meaning.FOLDER, "-chdir")
          .prefixes(Meaning.CHANGES, "-D")
          .operands(Operands.READ)
          .build();

  private static final Table POSIX =
      Table.harmless("stops").endsAtOperand().flags("-a").operands(Operands.PLAIN).build();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          p                    , HARMLESS
          p x                  , HARMLESS READ:x
          p -                  , HARMLESS
          p x -                , HARMLESS READ:x
          -ab p x              , HARMLESS READ:x
          p x -ab              , HARMLESS READ:x
          -abn5 p x            , HARMLESS READ:x
          -abn 5 p x           , HARMLESS READ:x
          -ai.bak p x          , HARMLESS READ:x
          -i 5 p x             , HARMLESS READ:p READ:x
          -5 p x               , HARMLESS READ:x
          -a5b p x             , HARMLESS READ:x
          -5n p x              , UNKNOWN READ:x
          --lines=5 p x        , HARMLESS READ:x
          --lines 5 p x        , HARMLESS READ:x
          --li 5 p x           , HARMLESS READ:x
          --co p x             , HARMLESS READ:x
          --re p x             , UNKNOWN READ:x
          --rec p              , HARMLESS SEARCH:.
          -r p src             , HARMLESS SEARCH:src
          -ar p src            , HARMLESS SEARCH:src
          -e p x               , HARMLESS READ:x
          -f pats p            , HARMLESS READ:pats
          -fpats p x           , HARMLESS READ:pats READ:x
          -q p x               , UNKNOWN READ:x
          -aq p x              , UNKNOWN READ:x
          --nope p x           , UNKNOWN READ:x
          --all=3 p x          , UNKNOWN READ:x
          p x -n               , UNKNOWN READ:x
          -- -q x              , HARMLESS READ:x
          p -- -q              , HARMLESS READ:-q
          p *                  , HARMLESS READ:* SEARCH:*
          p *.txt              , HARMLESS READ:*.txt SEARCH:*.txt
          p ./*                , HARMLESS READ:./*
          p -- *               , HARMLESS READ:*
          $p x                 , HARMLESS READ:$p SEARCH:$p SEARCH:x
          --file=*.pat p       , HARMLESS READ:*.pat
          --f*=x p             , UNKNOWN
          -[ab] p              , UNKNOWN
          -n $n p x            , HARMLESS READ:$n SEARCH:$n SEARCH:p SEARCH:x
          """)
  void theArgumentsOfAHarmlessProgramAreTold(String line, String expected) {
    assertThat(reading(GNU, line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          x                    , HARMLESS READ:x
          -o y x               , FILES_ONLY WRITE:y READ:x
          x -oy                , FILES_ONLY WRITE:y READ:x
          -aboy x              , FILES_ONLY WRITE:y READ:x
          --outp=y x           , FILES_ONLY WRITE:y READ:x
          --o y x              , FILES_ONLY WRITE:y READ:x
          -s x                 , CHANGES READ:x
          --se x               , CHANGES READ:x
          --s x                , UNKNOWN READ:x
          --compress-p=./evil  , HARMLESS RUN(./evil …)
          --comp 'gz_-9        , HARMLESS RUN(gz -9 …)
          --shell 'rm_-rf      , HARMLESS SHELL(rm -rf)
          -C sub -C deep x     , HARMLESS IN:sub(IN:deep(READ:x))
          *                    , UNKNOWN READ:*
          [a-z]x               , UNKNOWN READ:[a-z]x
          src/*                , HARMLESS READ:src/*
          x*                   , HARMLESS READ:x*
          -- *                 , HARMLESS READ:*
          $x                   , UNKNOWN READ:$x
          -- $x                , HARMLESS READ:$x
          -o *.txt             , UNKNOWN WRITE:*.txt READ:*.txt
          """)
  void aHarmfulOptionIsFoundHoweverItIsWritten(String line, String expected) {
    assertThat(reading(HARMFUL, line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          -all x               , HARMLESS READ:x
          --all x              , HARMLESS READ:x
          -al x                , UNKNOWN READ:x
          -chdir=sub x         , HARMLESS IN:sub(READ:x)
          -chdir sub x         , HARMLESS IN:sub(READ:x)
          -Dx=y z              , CHANGES READ:z
          --lines=5 x          , HARMLESS READ:x
          -n x                 , HARMLESS
          """)
  void wordsStandForThemselves(String line, String expected) {
    assertThat(reading(WORDS, line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"-a make -q --nope, HARMLESS", "-q make, UNKNOWN", "$x -q, HARMLESS"})
  void theFirstOperandCanEndTheOptions(String line, String expected) {
    assertThat(reading(POSIX, line)).isEqualTo(expected);
  }

  private static String reading(Table table, String line) {
    return Calls.shown(TableManual.of("it", table).read(Calls.call("it " + line)));
  }
}
