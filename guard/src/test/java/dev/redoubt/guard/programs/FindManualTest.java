// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindManualTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          find                                                       => HARMLESS SEARCH:.
          find .                                                     => HARMLESS SEARCH:.
          find . -name '*.java                                       => HARMLESS SEARCH:.
          find . -name *.java                                        => HARMLESS SEARCH:.
          find . -name *                                             => UNKNOWN SEARCH:.
          find src test -type f -newer a                             => HARMLESS SEARCH:src SEARCH:test LIST:a
          find -L /etc -maxdepth 1                                   => HARMLESS SEARCH:/etc
          find . -delete                                             => CHANGES SEARCH:. DELETE:. DELETE:./*
          find src -name '*.class -delete                            => CHANGES SEARCH:src DELETE:src/*.class DELETE:src/.class
          find . -exec rm {} ;                                       => HARMLESS SEARCH:. RUN(rm ./*)
          find . -name '*.java -exec wc -l {} +                      => HARMLESS SEARCH:. RUN(wc -l ./*.java ./.java)
          find . -name .env -exec cat {} ;                           => HARMLESS SEARCH:. RUN(cat ./.env)
          find . -iname '*.PEM -exec cat {} ;                        => HARMLESS SEARCH:. RUN(cat ./*.PEM ./*.pem ./.pem)
          find . -name '*env -exec cat {} ;                          => HARMLESS SEARCH:. RUN(cat ./*env ./.*env)
          find . -type f ! -path './.git/* -exec grep -l foo {} +    => HARMLESS SEARCH:. RUN(grep -l foo ./*)
          find . -name .git -prune -o -type f -exec grep -l foo {} + => HARMLESS SEARCH:. RUN(grep -l foo ./*)
          find . ( -name .env -prune -o -name x ) -exec cat {} ;     => HARMLESS SEARCH:. RUN(cat ./.env ./x)
          find . -path '*/.aws/* -exec cat {} ;                      => HARMLESS SEARCH:. RUN(cat ./.aws/* ./*)
          find /etc -path '*/shadow -exec cat {} ;                   => HARMLESS SEARCH:/etc RUN(cat /etc/shadow /etc/shadow)
          find . -regex '.*/[.]env -exec cat {} ;                    => HARMLESS SEARCH:. RUN(cat {})
          find . -exec sh -c 'echo_{} ;                              => HARMLESS SEARCH:. RUN(sh -c echo {})
          find . -exec {} ;                                          => HARMLESS SEARCH:. RUN(./*)
          find . -exec                                               => UNKNOWN SEARCH:. RUN()
          find . -exec ls                                            => UNKNOWN SEARCH:. RUN(ls)
          find . -exec $x ;                                          => UNKNOWN SEARCH:. RUN($x)
          find . -execdir ls {} ;                                    => HARMLESS SEARCH:. IN:{}(RUN(ls ./*))
          find . -ok rm {} ;                                         => HARMLESS SEARCH:. RUN(rm ./*)
          find . -fprint out                                         => FILES_ONLY SEARCH:. WRITE:out
          find . -fprintf out %p                                     => FILES_ONLY SEARCH:. WRITE:out
          find . -fls out                                            => FILES_ONLY SEARCH:. WRITE:out
          find . -printf %p                                          => HARMLESS SEARCH:.
          find . -files0-from names                                  => UNKNOWN SEARCH:.
          find . -newermt 2020-01-01                                 => HARMLESS SEARCH:.
          find . -newerXY a                                          => HARMLESS SEARCH:. LIST:a
          find $x -name a                                            => UNKNOWN SEARCH:$x
          find * -name a                                             => UNKNOWN SEARCH:*
          find src/* -name a                                         => HARMLESS SEARCH:src/*
          find . -name $x                                            => UNKNOWN SEARCH:.
          find . -size +1M -print0                                   => HARMLESS SEARCH:.
          find . -maxdepth 2 -not -name x -o -empty -print           => HARMLESS SEARCH:.
          find . -nope                                               => UNKNOWN SEARCH:.
          find . --delete                                            => UNKNOWN SEARCH:.
          find -D exec . -name x                                     => HARMLESS SEARCH:.
          find a b c -name '*A -o -name '*B -exec cat {} ;           => HARMLESS SEARCH:a SEARCH:b SEARCH:c RUN(cat a/*B a/*b a/.*b b/*B b/*b b/.*b c/*B c/*b c/.*b)
          find ~/x -type d -empty                                    => HARMLESS SEARCH:~/x
          find . -name '*.local -exec cat {} ;                       => HARMLESS SEARCH:. RUN(cat ./*.local ./.local ./.*.local)
          find . -name '*.* -exec cat {} ;                           => HARMLESS SEARCH:. RUN(cat ./*.* ./.* ./.*.*)
          find . ! ( -name a -o ! -name .env ) -exec cat {} ;        => HARMLESS SEARCH:. RUN(cat ./.env)
          find . -wholename ./x/.npmrc -exec cat {} ;                => HARMLESS SEARCH:. RUN(cat ./x/.npmrc ./.npmrc)
          find . -okdir rm {} ;                                      => HARMLESS SEARCH:. IN:{}(RUN(rm ./*))
          """)
  void everyPrimaryIsJudged(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
