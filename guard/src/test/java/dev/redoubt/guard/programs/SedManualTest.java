// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SedManualTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          sed -n '1,5p a                  => HARMLESS READ:a
          sed -n 1,5p a                   => HARMLESS READ:a
          sed 's/a/b/g a                  => HARMLESS READ:a
          sed 's/a/b/ -                   => HARMLESS
          sed -e 's/a/b/ -e 's/c/d/ a     => HARMLESS READ:a
          sed '1e a                       => CHANGES READ:a
          sed '1e_id a                    => CHANGES SHELL(id) READ:a
          sed 'e_rm_-rf_x a               => CHANGES SHELL(rm -rf x) READ:a
          sed '$!{p;e_id a                => CHANGES SHELL(id) READ:a
          sed 's/a/b/e a                  => CHANGES READ:a
          sed 's/a/b/ge a                 => CHANGES READ:a
          sed 's/a/b/w_out a              => FILES_ONLY WRITE:out READ:a
          sed 's/a/b/wout a               => FILES_ONLY WRITE:out READ:a
          sed 'w_/etc/passwd a            => FILES_ONLY WRITE:/etc/passwd READ:a
          sed 'r_/etc/shadow a            => HARMLESS READ:/etc/shadow READ:a
          sed 'R_/etc/shadow a            => HARMLESS READ:/etc/shadow READ:a
          sed 'W_out a                    => FILES_ONLY WRITE:out READ:a
          sed -n '/x/w_out a              => FILES_ONLY WRITE:out READ:a
          sed 'sxaxexe a                  => CHANGES READ:a
          sed 's|/|_|g a                  => HARMLESS READ:a
          sed 's/[/]/x/ a                 => HARMLESS READ:a
          sed 's/[^]/]*/x/e a             => CHANGES READ:a
          sed 's/[[:space:]]*$// a        => HARMLESS READ:a
          sed 's/\\//x/;e_id a            => CHANGES SHELL(id) READ:a
          sed -i 's/a/b/ a                => FILES_ONLY WRITE:a
          sed -i.bak 's/a/b/ a            => FILES_ONLY WRITE:a WRITE:a.bak
          sed '-i/tmp/* 's/a/b/ a         => UNKNOWN WRITE:a
          sed --in-place=.bak 's/a/b/ a b => FILES_ONLY WRITE:a WRITE:a.bak WRITE:b WRITE:b.bak
          sed --in-p 's/a/b/ a            => FILES_ONLY WRITE:a
          sed -i ' 's/a/b/ a              => FILES_ONLY WRITE:a
          sed -ni 's/a/b/ a               => FILES_ONLY WRITE:a
          sed -f script a                 => UNKNOWN READ:script READ:a
          sed --file=script a             => UNKNOWN READ:script READ:a
          sed --fi=script a               => UNKNOWN READ:script READ:a
          sed --sandbox -f script a       => HARMLESS READ:script READ:a
          sed --sandbox '1e_id a          => HARMLESS READ:a
          sed ':a;$!{N;ba};s/x/_/g a      => HARMLESS READ:a
          sed ':a;a\\ a                   => UNKNOWN READ:a
          sed 'a_some_text a              => HARMLESS READ:a
          sed 'a\\ -e 'e_id a             => CHANGES SHELL(id) READ:a\\ READ:a
          sed -e 'a\\ -e 'e_id a          => UNKNOWN READ:a
          sed '/a/,/b/d;$d;0~3p a         => HARMLESS READ:a
          sed '\\,x,e_id a                => CHANGES SHELL(id) READ:a
          sed '1,+2!p a                   => HARMLESS READ:a
          sed 'y/abc/xyz/ a               => HARMLESS READ:a
          sed 'y/abc/xyz/e a              => UNKNOWN READ:a
          sed 'p_#_e_id a                 => HARMLESS READ:a
          sed '#_e_id a                   => HARMLESS READ:a
          sed 'k a                        => UNKNOWN READ:a
          sed $x a                        => UNKNOWN READ:$x READ:a
          sed 's/a/b/ $x                  => UNKNOWN READ:$x
          sed 's/a/b/ *.c                 => UNKNOWN READ:*.c
          sed 's/a/b/ src/*.c             => HARMLESS READ:src/*.c
          sed -l 5 'p a                   => UNKNOWN READ:p READ:a
          sed -z 's/a/b/ a                => HARMLESS READ:a
          sed '--expression=1e_id a       => CHANGES SHELL(id) READ:a
          sed '--exp=1e_id a              => CHANGES SHELL(id) READ:a
          sed --version                   => HARMLESS
          sed -i*x 's/a/b/ a              => UNKNOWN WRITE:a
          sed 's/[^/]*$// a               => HARMLESS READ:a
          sed 's/[\\]/x/;e_id a           => UNKNOWN READ:a
          """)
  void everyCommandOfAScriptIsJudged(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
