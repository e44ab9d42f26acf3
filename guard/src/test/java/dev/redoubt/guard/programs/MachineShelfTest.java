// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineShelfTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          date                           => HARMLESS
          date -u +%Y                    => HARMLESS
          date -d yesterday +%s          => HARMLESS
          date -s now                    => CHANGES
          date --set=now                 => CHANGES
          date --se now                  => CHANGES
          date 11220506                  => CHANGES
          date -f /etc/shadow            => HARMLESS READ:/etc/shadow
          date -j -f %Y 2020 +%s         => HARMLESS READ:%Y
          date $x                        => UNKNOWN READ:$x
          systemctl status nginx         => HARMLESS
          systemctl                      => HARMLESS
          systemctl is-active nginx      => HARMLESS
          systemctl start nginx          => CHANGES OPAQUE:command.outlives(systemctl)
          systemctl -H h status nginx    => CHANGES
          systemctl edit x               => CHANGES OPAQUE:command.outlives(systemctl)
          hostnamectl                    => HARMLESS
          hostnamectl set-hostname x     => CHANGES
          timedatectl status             => HARMLESS
          ip a                           => HARMLESS
          ip addr show eth0              => HARMLESS
          ip -br addr                    => HARMLESS
          ip route get 1.1.1.1           => HARMLESS
          ip link set eth0 down          => CHANGES
          ip netns exec x sh             => CHANGES
          ip -b file                     => UNKNOWN
          ip a add 1.2.3.4 dev x         => CHANGES
          ifconfig                       => HARMLESS
          ifconfig eth0                  => HARMLESS
          ifconfig eth0 down             => CHANGES
          route -n                       => HARMLESS
          arp -a                         => HARMLESS
          sysctl -a                      => HARMLESS
          sysctl net.ipv4.ip_forward     => HARMLESS
          sysctl -w a=1                  => CHANGES
          sysctl a=1                     => CHANGES
          sysctl -p                      => CHANGES
          mount                          => HARMLESS
          mount /dev/sda /mnt            => CHANGES
          getent passwd root             => HARMLESS
          getent shadow                  => HARMLESS READ:/etc/shadow
          getent hosts a.example         => UNKNOWN
          printenv                       => HARMLESS OPAQUE:command.environment(printenv)
          printenv PATH                  => HARMLESS
          printenv AWS_SECRET_ACCESS_KEY => HARMLESS OPAQUE:command.environment(printenv)
          printenv $x                    => HARMLESS OPAQUE:command.environment(printenv)
          ps                             => HARMLESS
          ps aux                         => HARMLESS
          ps -ef                         => HARMLESS
          ps auxe                        => HARMLESS OPAQUE:command.environment(ps e)
          ps axeww                       => HARMLESS OPAQUE:command.environment(ps e)
          ps -E                          => HARMLESS OPAQUE:command.environment(ps e)
          ps -eo pid,comm --sort=-pcpu   => HARMLESS
          ps -C make                     => HARMLESS
          ps $x                          => UNKNOWN
          dc -e 2_3_+_p                  => HARMLESS
          dc -e '!id                     => CHANGES
          dc prog                        => UNKNOWN READ:prog
          dc -f prog                     => UNKNOWN
          gpg --verify a.sig a           => HARMLESS READ:a.sig READ:a
          gpg --list-keys                => HARMLESS
          gpg -d a.gpg                   => UNKNOWN
          gpg --verif a.sig              => HARMLESS READ:a.sig
          expr 1 + 2                     => HARMLESS
          pkill java                     => CHANGES
          iptables -F                    => CHANGES
          umount /mnt                    => CHANGES READ:/mnt
          reboot                         => CHANGES
          open http://a.example          => CHANGES
          xclip -o                       => CHANGES
          """)
  void showingIsToldFromChanging(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
