// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemShelfTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          cal 2026                             => HARMLESS
          seq 1 10                             => HARMLESS
          seq -5 5                             => HARMLESS
          yes                                  => HARMLESS
          sleep 5                              => HARMLESS
          bc -l                                => HARMLESS
          bc calc.bc                           => HARMLESS READ:calc.bc
          nproc                                => HARMLESS
          uname -a                             => HARMLESS
          hostname                             => HARMLESS
          hostname -I                          => HARMLESS
          hostname evil                        => CHANGES
          hostname -F file                     => CHANGES
          id -u                                => HARMLESS
          who                                  => HARMLESS
          last -n 5                            => HARMLESS
          uptime                               => HARMLESS
          free -h                              => HARMLESS
          lscpu                                => HARMLESS
          lsblk -f                             => HARMLESS
          pgrep -fl java                       => HARMLESS
          pidof java                           => HARMLESS
          pstree -p                            => HARMLESS
          top -b -n 1                          => HARMLESS
          which java                           => HARMLESS
          whereis ls                           => HARMLESS
          locale -a                            => HARMLESS
          getconf PAGE_SIZE                    => HARMLESS
          tty                                  => HARMLESS
          stty -a                              => HARMLESS
          stty raw                             => CHANGES
          tput cols                            => HARMLESS
          clear                                => HARMLESS
          dmesg -T                             => HARMLESS
          dmesg -C                             => CHANGES
          journalctl -u nginx -n 50 --no-pager => HARMLESS
          journalctl --vacuum-size=1M          => CHANGES
          journalctl -f                        => HARMLESS
          ss -tlnp                             => HARMLESS
          ss -K dst x                          => CHANGES
          ss -D out                            => FILES_ONLY WRITE:out
          netstat -tlnp                        => HARMLESS
          lsof -i :8080                        => HARMLESS LIST::8080
          lsof -Db /x                          => CHANGES LIST:/x
          lsof +D src                          => HARMLESS LIST:+D LIST:src
          whatis ls                            => HARMLESS
          """)
  void askingTheSystemIsTold(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
