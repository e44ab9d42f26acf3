// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextShelfTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          cat README.md                          => HARMLESS READ:README.md
          cat -n a b                             => HARMLESS READ:a READ:b
          cat $x                                 => HARMLESS READ:$x
          cat *                                  => HARMLESS READ:*
          cat --no-such                          => UNKNOWN
          head -5 a                              => HARMLESS READ:a
          head -20c /etc/shadow                  => UNKNOWN READ:/etc/shadow
          head -n 5 a                            => HARMLESS READ:a
          head --lines=5 -- -x                   => HARMLESS READ:-x
          tail -f log                            => HARMLESS READ:log
          tail -n +3 a                           => HARMLESS READ:a
          tail --follow=name --retry log         => HARMLESS READ:log
          tail -5f log                           => HARMLESS READ:log
          wc -l *.java                           => HARMLESS READ:*.java
          wc --files0-from=names                 => HARMLESS READ:names
          cut -d: -f1 /etc/passwd                => HARMLESS READ:/etc/passwd
          cut -d : -f 1,2 a                      => HARMLESS READ:a
          tr -d 'a_b                             => HARMLESS
          sort a                                 => HARMLESS READ:a
          sort -k2,2n -t, -u a                   => HARMLESS READ:a
          sort -o out a                          => FILES_ONLY WRITE:out READ:a
          sort a -oout                           => FILES_ONLY WRITE:out READ:a
          sort --outp=out a                      => FILES_ONLY WRITE:out READ:a
          sort --compress-p=./evil a             => HARMLESS RUN(./evil …) READ:a
          sort -S 1b --compress-program=./evil a => HARMLESS RUN(./evil …) READ:a
          sort -T /var/x a                       => FILES_ONLY WRITE:/var/x READ:a
          sort *                                 => UNKNOWN READ:*
          sort ./*                               => HARMLESS READ:./*
          sort -- *                              => HARMLESS READ:*
          sort --files0-from=names               => UNKNOWN
          sort $x                                => UNKNOWN READ:$x
          uniq a                                 => HARMLESS READ:a
          uniq -c                                => HARMLESS
          uniq -c a out                          => FILES_ONLY READ:a READ:out WRITE:out
          uniq a $out                            => UNKNOWN READ:a READ:$out WRITE:$out
          uniq *                                 => UNKNOWN READ:*
          comm -12 a b                           => HARMLESS READ:a READ:b
          join -t , -1 2 a b                     => HARMLESS READ:a READ:b
          paste -sd, a                           => HARMLESS READ:a
          fold -80 a                             => HARMLESS READ:a
          column -t -s , a                       => HARMLESS READ:a
          od -c a                                => HARMLESS READ:a
          od -An -tx1 a                          => HARMLESS READ:a
          hexdump -C a                           => HARMLESS READ:a
          xxd a                                  => HARMLESS READ:a
          xxd -l 16 a                            => HARMLESS READ:a
          xxd -l16 a                             => HARMLESS READ:a
          xxd -r a                               => HARMLESS READ:a
          xxd -r a out                           => FILES_ONLY READ:a READ:out WRITE:out
          xxd a -r                               => FILES_ONLY READ:a READ:-r WRITE:-r
          xxd -cols 16 a                         => HARMLESS READ:a
          xxd $x                                 => UNKNOWN READ:$x
          readelf -hW --dynamic a                => HARMLESS READ:a
          readelf -p .comment a                  => HARMLESS READ:a
          readelf --no-such a                    => UNKNOWN READ:a
          size -A --format=sysv a b              => HARMLESS READ:a READ:b
          strings -n 8 a                         => HARMLESS READ:a
          shuf -n 1 a                            => HARMLESS READ:a
          shuf -o out a                          => FILES_ONLY WRITE:out READ:a
          iconv -f latin1 -t utf8 a              => HARMLESS READ:a
          iconv -f latin1 -t utf8 -o out a       => FILES_ONLY WRITE:out READ:a
          base64 -d a                            => HARMLESS READ:a
          base64 -i /etc/shadow -o out           => FILES_ONLY WRITE:out READ:/etc/shadow
          numfmt --to=iec 1000                   => HARMLESS
          look -f pat words                      => HARMLESS READ:words
          """)
  void aTextToolDoesWhatItsOptionsSay(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
