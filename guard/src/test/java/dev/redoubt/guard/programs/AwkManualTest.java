// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwkManualTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          awk '{print_$1} a                                     => HARMLESS READ:a
          awk -F: '{print_$1} /etc/passwd                       => HARMLESS READ:/etc/passwd
          awk -F : '{print_$1}                                  => HARMLESS
          awk 'NR>2_{s+=$3}_END_{print_s} a                     => HARMLESS READ:a
          awk '$1_>_5 a                                         => HARMLESS READ:a
          awk '{print_$1_>_"out"} a                             => FILES_ONLY WRITE:out READ:a
          awk '{print_$1_>>_"out"} a                            => FILES_ONLY WRITE:out READ:a
          awk '{print_$1_>_$2} a                                => UNKNOWN READ:a
          awk '{print_$1_>_"/etc/passwd"} a                     => FILES_ONLY WRITE:/etc/passwd READ:a
          awk '{print_($1_>_5)} a                               => HARMLESS READ:a
          awk '{print_($1_>_5)_>_"x"} a                         => FILES_ONLY WRITE:x READ:a
          awk '{printf_"%s",$1_>_"a"_"b"} a                     => UNKNOWN READ:a
          awk '{print_|_"sh"} a                                 => CHANGES READ:a
          awk '{print_|&_"sh"} a                                => CHANGES READ:a
          awk '{"id"|getline;print} a                           => CHANGES READ:a
          awk 'BEGIN{system("id")} a                            => CHANGES READ:a
          awk 'BEGIN{while((getline_l<"/etc/shadow")>0)print_l} => HARMLESS READ:/etc/shadow
          awk 'BEGIN{getline_l<f} a                             => UNKNOWN READ:a
          awk '{getline;print} a                                => HARMLESS READ:a
          awk 'a||b a                                           => HARMLESS READ:a
          awk '/foo/{print} a                                   => HARMLESS READ:a
          awk '/a|b/ a                                          => HARMLESS READ:a
          awk '/[/]/{print} a                                   => HARMLESS READ:a
          awk '/[[:a:]/"/;_system("id")_#"/ a                   => UNKNOWN READ:a
          awk '!/foo/&&/bar/ a                                  => HARMLESS READ:a
          awk '{x=a/b/c;print_x} a                              => HARMLESS READ:a
          awk 'if(x)/"/;system("id");/"/ a                      => UNKNOWN READ:a
          awk '(x)/"/;system("id");/"/ a                        => UNKNOWN READ:a
          awk '{print_(a+b)/2} a                                => HARMLESS READ:a
          awk '$2_~_/x/_{n++}_END_{print_n} a                   => HARMLESS READ:a
          awk '{print_length($0)} a                             => HARMLESS READ:a
          awk '#_system("id") a                                 => HARMLESS READ:a
          awk '{print_"system(x)"} a                            => HARMLESS READ:a
          awk '{print_"a\\"_|_\\"b"} a                          => HARMLESS READ:a
          awk '@load_"x" a                                      => UNKNOWN READ:a
          awk 'BEGIN{@f()} a                                    => UNKNOWN READ:a
          awk 'BEGIN{print_ENVIRON["HOME"]}                     => HARMLESS OPAQUE:command.environment(ENVIRON)
          awk 'BEGIN{ARGV[1]="/etc/shadow"}{print} a            => UNKNOWN READ:a
          awk 'BEGIN{for(i_in_SYMTAB)print_i}                   => UNKNOWN
          awk 'BEGIN{print_"x"_>_"/inet/tcp/0/h/80"}            => UNKNOWN
          awk -f prog a                                         => UNKNOWN READ:a
          awk --file=prog a                                     => UNKNOWN READ:a
          awk --fi prog a                                       => UNKNOWN READ:a
          awk -i inplace '{print} a                             => UNKNOWN READ:a
          awk -v x=1 '{print_x} a                               => HARMLESS READ:a
          awk -vx=1 '{print_x} FS=, a                           => HARMLESS READ:a
          awk -l ext '{print} a                                 => UNKNOWN READ:a
          awk -o '{print} a                                     => UNKNOWN READ:a
          awk -e '{print} a                                     => HARMLESS READ:a
          awk -W exec '{print} a                                => UNKNOWN READ:a
          awk $x a                                              => UNKNOWN READ:a
          awk '{print} $x                                       => HARMLESS READ:$x
          awk '{print} *                                        => HARMLESS READ:*
          awk -- '{print} -f                                    => HARMLESS READ:-f
          awk '{print_"open a                                   => UNKNOWN READ:a
          gawk '{print_substr($0,1,5)} a                        => HARMLESS READ:a
          mawk '{gsub(/a/,"b");print} a                         => HARMLESS READ:a
          awk '{print_$1,_$2;_x_=_y_>_z} a                      => HARMLESS READ:a
          awk 'function_f(x){return_x/2}{print_f($1)} a         => HARMLESS READ:a
          awk 'BEGIN{printf_"a">"/dev/stderr"}                  => FILES_ONLY WRITE:/dev/stderr
          """)
  void everyStatementOfAProgramIsJudged(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
