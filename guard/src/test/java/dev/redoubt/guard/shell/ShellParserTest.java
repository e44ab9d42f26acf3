// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.shell.ParseResult.BashOnly;
import dev.redoubt.guard.shell.ParseResult.NotUnderstood;
import dev.redoubt.guard.shell.ParseResult.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¤',
      textBlock =
          """
          a''b'c d'"e'f" § [a''b'c d'"'e'f'"]
          '' "" § ['' ""]
          \\a\\ b\\\\ § ['a 'b'\\']
          "\\"\\$x\\`\\\\\\a" § ["'"$x`\\\\a'"]
          "$x'$y'" § ["<x>'''<y>'''"]
          $'\\x41\\102\\u00e9\\n\\'\\q' § ['ABé¶'\\q']
          $"a $x" § ["'a '<x>"]
          $x$y ${x}y $1$2 $@ $$ § [<x><y> <x>y <1><2> <@> <$>]
          $ a$ "$" § [$ a$ "'$'"]
          ${x:-a b} ${x-} ${x:=$(c)} ${x:?e} ${x:+"y z"} § [<x :- a b> <x - > <x := <$ [c]>> <x :? e> <x :+ "'y z'">]
          ${x#a*} ${x##b} ${x%.c} ${x%%'}'} § [<x # a*> <x ## b> <x % .c> <x %% '}'>]
          ${x/a/b} ${x//a} ${x/#a/$(b)} ${x/%a/} § [<x / a b> <x // a> <x /# a <$ [b]>> <x /% a >]
          ${x^} ${x^^a} ${x,,} ${x@P} § [<x ^ > <x ^^ a> <x ,, > <x @P >]
          ${x:1} ${x: -1:$(a)} § [<x : '1'> <x : ' -1' <$ [a]>>]
          ${#x} ${#} ${!x} ${!x@} ${!x[@]} ${x[i+1]} ${#x[*]} § [<LENGTH x> <#> <INDIRECT x> <NAMES x> <KEYS x['@']> <x['i+1']> <LENGTH x['*']>]
          ${x:-${y:-`a`}} § [<x :- <y :- <$ [a]>>>]
          $(a "$(b)") § [<$ [a "<$ [b]>"]>]
          $(case a in b) c;; esac) § [<$ case a in b) [c] LEAVE esac>]
          `a \\`b \\\\\\`c\\\\\\`\\`` § [<$ [a <$ [b <$ [c]>]>]>]
          "`a 'b'`" § ["<$ [a 'b']>"]
          $((1 + $(a) * ${x})) § [<= '1 + '<$ [a]>' * '<x>>]
          a <(b) >(c) d<(e) § [a <READ [b]> <WRITE [c]> d<READ [e]>]
          ~ ~/a ~b/c a~ "~" \\~ § [<~> <~>/a <~b>/c a~ "'~'" '~']
          a=~/b:~c d=x:~ e § [a=<~>/b:<~c> d=x:<~> e]
          e a=~/b c:~ § [e a=<~>/b c:~]
          """)
  void aWordBecomesItsParts(String line, String tree) {
    assertThat(TreeText.of(line).replace('\n', '¶')).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¤',
      textBlock =
          """
          {a,b}c § [ac bc]
          a{b,c{d,e}}f{1..3} § [abf1 abf2 abf3 acdf1 acdf2 acdf3 acef1 acef2 acef3]
          x{01..3} {c..a} {1..9..4} {-1..1} § [x01 x02 x03 c b a 1 5 9 -1 0 1]
          {} {a} a{b}c @{1} { x § [{} {a} a{b}c @{1} { x]
          a{,b} {,} x § [a ab x]
          {'a,b',c\\,d} § ['a,b' c','d]
          "$x"/{a,$(b)} ${x}{a,b} $x/{a,b} § ["<x>"/a "<x>"/<$ [b]> <x>a <x>b <x>/a <x>/b]
          {~,b}/c § [<~>/c b/c]
          {echo,a} § [echo a]
          "{a,b}" '{a,b}' \\{a,b} § ["'{a,b}'" '{a,b}' '{'a,b}]
          $x{a,b} § ? braces next to this expansion are not followed at 2
          {$,a}x § ? braces that are not followed at 2
          {a,b § ? braces that are not followed at 2
          {a..b..c} § ? braces that are not followed at 2
          {1..99999} § ? braces that are not followed at 2
          """)
  void bracesBecomeWords(String word, String tree) {
    assertThat(TreeText.of("- " + word).replace("[- ", "[")).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¤',
      textBlock =
          """
          a >b 2>c >>d >|e <f <>g 3>&1 >&- <&3 § [a WRITE:b 2WRITE:c APPEND:d OVERWRITE:e READ:f READ_WRITE:g 3COPY_OUTPUT:1 COPY_OUTPUT:- COPY_INPUT:3]
          a &>b &>>c >&d {fd}<e § [a WRITE_BOTH:b APPEND_BOTH:c COPY_OUTPUT:d {fd}READ:e]
          > a b § [b WRITE:a]
          >a § [WRITE:a]
          a2>b 2\\>c § [a2 2'>'c WRITE:b]
          a <<<"b $c" § [a HERE_STRING:"'b '<c>"]
          a <<E¶b $c `d`¶E¶e § [a HERE_DOCUMENT:'b '<c>' '<$ [d]>'\\n'] ; [e]
          a <<'E'¶b $c¶E § [a HERE_DOCUMENT:'b $c\\n']
          a <<-E | b¶→c¶→E¶d § [a HERE_DOCUMENT:'c\\n'] | [b] ; [d]
          a <<E <<F && b¶c¶E¶d¶F¶e § [a HERE_DOCUMENT:'c\\n' HERE_DOCUMENT:'d\\n'] && [b] ; [e]
          a <<E¶"'\\"\\$x¶E § [a HERE_DOCUMENT:'"'\\"$x\\n']
          a <<E¶$(b <<F¶c¶F¶)¶E § [a HERE_DOCUMENT:<$ [b HERE_DOCUMENT:'c\\n'] ;>'\\n']
          a "$(b <<E¶c¶E¶)" § [a "<$ [b HERE_DOCUMENT:'c\\n'] ;>"]
          a <<E¶ E¶Ex¶E § [a HERE_DOCUMENT:' E\\nEx\\n']
          """)
  void aRedirectionKnowsWhereItLeads(String line, String tree) {
    String text = line.replace('¶', '\n').replace('→', '\t');

    assertThat(TreeText.of(text).replaceFirst(" ;$", "")).isEqualTo(tree);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 'b",
        "a \"b",
        "a `b",
        "a $(b",
        "a ${b",
        "(a",
        "{ a",
        "a )",
        "a; }",
        "if a; then b",
        "a &&",
        "a |",
        "| a",
        "; a",
        "a ;; b",
        "a & ; b",
        "a &&& b",
        "while a; b; done",
        "f() a",
        "for 1 in a; do b; done",
        "case a in b) c",
        "a > ",
        "a > > b",
        "a 2> 2>b",
        "a <<E\nb",
        "a <<E",
        "a \\",
        "a()",
        "f() { a; } b",
        "(a) b",
        "{ a; } b",
        "()",
        "{ }",
        "$(a",
        "a <(b",
        "[[ a",
        "[[ -f ]]",
        "[[ a b ]]",
        "((1)",
        "a (b)",
        "a[1",
        "a=(b",
        "if a; fi",
        "! ",
        "time",
        "do a",
        "then",
        "a >&-b",
        "${a",
        "${}",
        "${a b}",
        "$((1",
        "function",
        "select",
        "coproc"
      })
  void whatBashRejectsIsNotUnderstood(String line) {
    assertThat(ShellParser.parse(line)).isInstanceOf(NotUnderstood.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls @(a|b)",
        "ls *(.)",
        "ls *(e:'rm x':)",
        "!(a)",
        "ls >! f",
        "ls >>! f",
        "=ls",
        "a =ls",
        "a &! b",
        "a &| b",
        "$[1]",
        "((a); b)",
        "$((a); b)",
        "a\rb",
        "a\0b",
        "a\u00a0b",
        "a '\u202e'",
        "'\u200b'",
        "a \u001b",
        "\"${x:-'a'}\"",
        "${x:-{}",
        "a > {b,c}",
        "export x={a,b}",
        "x <<$E\n$E",
        "a <<E\nE)\nE",
        "`a \\\nb`",
        "$'\\xff'",
        "$'\\0'",
        "$(time (a))",
        "a <((b))",
        "\"`a \\\"b\\\"`\"",
        "{if,a}",
        "x=a\u3000b",
        "a\u2028b"
      })
  void whatShellsReadInTwoWaysIsNotUnderstood(String line) {
    assertThat(ShellParser.parse(line)).isInstanceOf(NotUnderstood.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¤',
      textBlock =
          """
          ls -la | grep "$x" > f 2>&1 && (a; b) || { c; } § ¤¤
          for x in *; do a; done; case x in a) b;; esac; f() { a; } § ¤¤
          echo ${x:-a} ${x%b} $((1+1)) `a` ~/b § ¤¤
          $'a' § $'…'
          $"a" § $"…"
          {a,b} § {a,b}
          a <(b) § <( )
          [[ a ]] § [[ ]]
          ((1)) § (( ))
          a &> b § &>
          a |& b § |&
          a <<< b § <<<
          function f { a; } § function
          a >& b § >& and a file
          a 10> b § {fd}>
          time a § time
          x+=a § +=
          x=(a) § a=( )
          ${x/a} § ${x/…}
          $(< a) § $(< )
          a b=~ § a=~
          f-g() { a; } § a function called f-g
          `[[ a ]]` § [[ ]]
          """)
  void whereAPosixShellPartsIsMarked(String line, String marks) {
    assertThat(ShellParser.parse(line))
        .isInstanceOfSatisfying(
            Parsed.class,
            parsed ->
                assertThat(
                        String.join(" ", parsed.bashOnly().stream().map(BashOnly::what).toList()))
                    .isEqualTo(marks));
  }

  @Test
  void everyNodeKnowsWhereItStands() {
    Parsed parsed = (Parsed) ShellParser.parse("a; b  \"$c\" > d && e &");
    Script.Statement second = parsed.script().statements().get(1);
    Command.Simple command = (Command.Simple) second.first().stages().getFirst().command();

    assertThat(second.span().written()).isEqualTo("b  \"$c\" > d && e ");
    assertThat(command.span().written()).isEqualTo("b  \"$c\" > d");
    assertThat(command.words().getLast().span()).hasToString("\"$c\"");
    assertThat(command.redirects().getFirst().span()).hasToString("> d");
  }

  @Test
  void aRefusalNamesThePlace() {
    assertThat(ShellParser.parse("echo a; b )"))
        .isEqualTo(new NotUnderstood("a command is missing", 10));
  }
}
