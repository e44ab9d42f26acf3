// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Programs that show something in one form and change the machine in another, or always change it.
///
/// Sources: ip(8), ifconfig(8), sysctl(8), mount(8), getent(1), printenv(1), ps(1), dc(1), gpg(1),
/// systemctl(1), hostnamectl(1), timedatectl(1).
final class MachineShelf implements Shelf {

  private static final List<String> ASKING =
      List.of(
          "systemctl",
          "hostnamectl",
          "timedatectl",
          "localectl",
          "loginctl",
          "ip",
          "ifconfig",
          "route",
          "arp",
          "sysctl",
          "mount",
          "date",
          "getent",
          "printenv",
          "ps",
          "dc",
          "gpg",
          "gpg2",
          "expr");

  private static final List<String> CHANGING =
      List.of(
          "umount",
          "fdisk",
          "sfdisk",
          "parted",
          "mkfs",
          "mkfs.ext4",
          "mkfs.xfs",
          "mkswap",
          "swapon",
          "swapoff",
          "losetup",
          "cryptsetup",
          "wipefs",
          "fsck",
          "useradd",
          "userdel",
          "usermod",
          "adduser",
          "deluser",
          "groupadd",
          "groupdel",
          "passwd",
          "chpasswd",
          "chsh",
          "visudo",
          "iptables",
          "ip6tables",
          "nft",
          "ufw",
          "firewall-cmd",
          "reboot",
          "shutdown",
          "halt",
          "poweroff",
          "init",
          "telinit",
          "service",
          "pkill",
          "killall",
          "skill",
          "renice",
          "modprobe",
          "insmod",
          "rmmod",
          "chattr",
          "setfacl",
          "setcap",
          "hwclock",
          "wall",
          "write",
          "mail",
          "sendmail",
          "xclip",
          "xsel",
          "pbcopy",
          "pbpaste",
          "wl-copy",
          "wl-paste",
          "open",
          "xdg-open",
          "osascript",
          "defaults",
          "eject",
          "update-alternatives",
          "ldconfig",
          "fallocate");

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(ASKING);
    names.addAll(CHANGING);
    return names;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "systemctl" -> new SystemctlManual();
      case "hostnamectl", "timedatectl", "localectl", "loginctl" ->
          new Asking(
              name,
              "status show list-timezones list-locales list-sessions list-users show-session"
                  + " session-status",
              3);
      case "ip" -> new IpManual();
      case "ifconfig" -> new Asking(name, "-a -s", 1);
      case "route", "arp" -> new Asking(name, "-n -a -e -ee -v -an -ne", 2);
      case "sysctl" -> new SysctlManual();
      case "mount" -> new Asking(name, "-l -v", 1);
      case "date" -> new DateManual();
      case "getent" -> new GetentManual();
      case "printenv" -> new PrintenvManual();
      case "ps" -> new PsManual();
      case "dc" -> new DcManual();
      case "gpg", "gpg2" -> new GpgManual(name);
      case "expr" -> new Expr();
      default -> CHANGING.contains(name) ? new Changing(name) : null;
    };
  }

  /// Shows something when there is no argument, or when the first one and all others are words that
  /// only ask; else it changes something.
  private record Asking(String name, String words, int most) implements Manual {
    @Override
    public Set<String> names() {
      return Set.of(name);
    }

    @Override
    public Reading read(Call call) {
      List<String> asking = List.of(words.split(" ", -1));
      boolean asks = call.arguments().size() <= most;
      for (Arg arg : call.arguments()) {
        boolean interfaceName = name.equals("ifconfig") && !arg.shown().startsWith("-");
        asks &= arg instanceof Arg.Known(String text) && (asking.contains(text) || interfaceName);
      }
      return asks
          ? Reading.harmless(name + " shows something", List.of())
          : new Reading(Nature.CHANGES, name + " can change the machine", List.of());
    }
  }

  /// Changes something whatever its arguments are; those that look like paths count as read.
  private record Changing(String name) implements Manual {
    @Override
    public Set<String> names() {
      return Set.of(name);
    }

    @Override
    public Reading read(Call call) {
      Draft draft =
          new Draft(Nature.CHANGES, name + " changes the machine or leaves the workspace");
      for (Arg arg : call.arguments()) {
        String shown = arg.shown();
        if (shown.indexOf('/') >= 0 && !shown.contains("://") && !shown.startsWith("-")) {
          draft.want(new Want.File(Access.READ, arg));
        }
      }
      return draft.done();
    }
  }

  /// expr(1) has no options: every word is part of the calculation.
  private record Expr() implements Manual {
    @Override
    public Set<String> names() {
      return Set.of("expr");
    }

    @Override
    public Reading read(Call call) {
      return Reading.harmless("calculates", List.of());
    }
  }
}
