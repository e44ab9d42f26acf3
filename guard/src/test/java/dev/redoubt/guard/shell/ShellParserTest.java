// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¤',
      textBlock =
          """
          ls -la | grep x && echo 'a b' > f 2>&1; sleep 1 & true § [ls -la] | [grep x] && [echo 'a b' WRITE:f 2COPY_OUTPUT:1] [sleep 1] & [true]
          ! a || ! ! b | c § ! [a] || [b] | [c]
          time -p a |& b § time [a] |& [b]
          # nothing § ¤¤
          a # b ; c § [a]
          a#b § [a#b]
          a;#b § [a]
          (a; b) > f § ([a] [b]) WRITE:f
          { a; } § {[a]}
          {a; } § ? a word of the language in the wrong place at 4
          if a; then b; elif c; then d; else e; fi § if [a] then [b] else if [c] then [d] else [e] fi
          if (a) then b; fi § if ([a]) then [b] fi
          for x in a *.c; do b; done § for x in a *.c do [b] done
          for x; do b; done § for x in $@ do [b] done
          for x do b; done § for x in $@ do [b] done
          for ((i=0; i<3; i++)); do b; done § for (('i=0; i<3; i++')) do [b] done
          while a; do b; done < f § WHILE [a] do [b] done READ:f
          until a; do b; done § UNTIL [a] do [b] done
          case $x in a|b) c;; (d) e;& *) f;;& g) esac § case <x> in a b) [c] LEAVE d) [e] FALL_THROUGH *) [f] ASK_ON g)  LEAVE esac
          select x in a b; do c; done § select x in a b do [c] done
          f() { a; } > g; f § function f {[a]} WRITE:g [f]
          function f { a; } § function f {[a]}
          function f () ( a ) § function f ([a])
          [[ -f a && ( $x == b* || ! $y -gt 3 ) ]] § [[-f a && ( <x> == b* || ! <y> -gt 3 )]]
          [[ a =~ ^(b|c)$ ]] § [[a =~ ^'('b'|'c')'$]]
          ((x = (1 + 2) * 3)) § (('x = (1 + 2) * 3'))
          coproc a b § coproc COPROC [a b]
          coproc X { a; } § coproc X {[a]}
          echo if then § [echo if then]
          a=1 b+=2 c[0]=3 d=(1 [2]=x *) e f=4 § [a=1 b+=2 c['0']=3 d=(1 ['2']=x *) e f=4]
          export A=(1) B="$x" § [export A=(1) B="<x>"]
          """)
  void aLineBecomesATree(String line, String tree) {
    assertThat(TreeText.of(line)).isEqualTo(tree);
  }
}
