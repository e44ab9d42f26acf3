// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static dev.redoubt.guard.programs.Meaning.CHANGES;
import static dev.redoubt.guard.programs.Meaning.READS;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs that tell something about the machine, the time or the person: `date`, `uname`, `id`.
///
/// Sources: the manual pages of GNU coreutils 9, util-linux 2.38, procps 4, glibc (locale,
/// getconf), bc(1), ncurses (tput, clear, reset), which(1), lsof(8), ss(8), netstat(8).
final class SystemShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "cal",
          "ncal",
          "seq",
          "yes",
          "sleep",
          "bc",
          "factor",
          "nproc",
          "uname",
          "arch",
          "hostname",
          "whoami",
          "logname",
          "id",
          "groups",
          "who",
          "w",
          "users",
          "last",
          "lastlog",
          "uptime",
          "free",
          "vmstat",
          "lscpu",
          "lsblk",
          "lsmem",
          "lsusb",
          "lspci",
          "lsmod",
          "findmnt",
          "pgrep",
          "pidof",
          "pstree",
          "top",
          "which",
          "whereis",
          "locale",
          "getconf",
          "tty",
          "stty",
          "clear",
          "tput",
          "reset",
          "dmesg",
          "journalctl",
          "ss",
          "netstat",
          "lsof",
          "whatis",
          "apropos",
          "tzselect");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    Table table = table(name);
    return table == null ? null : TableManual.of(name, table);
  }

  private static @Nullable Table table(String name) {
    return switch (name) {
      case "cal", "ncal" ->
          shows("a calendar").numbers().flags("-jyhwbeMSJNCYsH").values("-ABdmp").build();
      case "seq" ->
          shows("numbers")
              .numbers()
              .flags("-w --equal-width")
              .values("-fst --format --separator")
              .build();
      case "yes" -> shows("a line again and again").build();
      case "sleep", "factor", "whoami", "logname", "groups", "users", "arch", "clear", "tzselect" ->
          shows("one thing").build();
      case "bc" -> bc();
      case "nproc" ->
          shows("how many processors there are").flags("--all").values("--ignore").build();
      case "uname" -> uname();
      case "hostname" -> hostname();
      case "id" ->
          shows("who one is")
              .flags("-agGnruzZ --group --groups --name --real --user --zero --context")
              .build();
      case "who" -> who();
      case "w" ->
          shows("who is here")
              .flags("-hufsoipV --no-header --no-current --short --from --old-style --ip-addr")
              .flags("--pids --terminal")
              .build();
      case "last", "lastlog" ->
          shows("who was here")
              .numbers()
              .flags("-adFiRwxyC")
              .values("-nstpbu --limit --since --until --present --time-format --before --time")
              .values("--user")
              .values(READS, "-f --file")
              .build();
      case "uptime" -> shows("since when it runs").flags("-psV --pretty --since").build();
      case "free" ->
          shows("memory")
              .flags("-bkmghltwvLV --bytes --kilo --mega --giga --human --lohi --total --wide")
              .flags("--si --kibi --mebi --gibi --line --committed")
              .values("-sc --seconds --count")
              .build();
      case "vmstat" ->
          shows("memory")
              .flags("-afmnsdDwtyV --active --forks --slabs --one-header --stats --disk")
              .flags("--disk-sum --wide --timestamp --no-first")
              .values("-pS --partition --unit")
              .build();
      case "lscpu", "lsmem" ->
          shows("hardware")
              .flags("-abBcJnrsyxPV --all --online --bytes --offline --json --physical")
              .flags("--output-all --summary --raw --noheadings --hex")
              .optional("-eCp --extended --caches --parse")
              .values("-o --output")
              .build();
      case "lsblk" -> lsblk();
      case "lsusb", "lspci" ->
          shows("hardware").flags("-vtknqbmPVx --verbose --tree").values("-dsD --device").build();
      case "lsmod" -> shows("modules").build();
      case "findmnt" ->
          shows("what is mounted")
              .flags("-aAbcCDefhiJklmnPrRuUvVsy --all --ascii --bytes --df --json --list")
              .flags("--noheadings --pairs --raw --real --submounts --tree --uniq --verbose")
              .flags("--fstab --mtab --kernel --first-only --nofsroot --notruncate")
              .values("-doSTtMNOw --output --source --target --types --mountpoint --options")
              .values("--direction --timeout")
              .build();
      case "pgrep" -> pgrep();
      case "pidof" ->
          shows("processes")
              .flags("-scqwxz --single-shot --check-root --quiet --with-workers")
              .values("-oS --omit-pid --separator")
              .build();
      case "pstree" ->
          shows("processes")
              .flags("-acgGhlnpstTuUZAV --arguments --ascii --compact-not --hide-threads")
              .flags("--show-pids --numeric-sort --show-parents --long --uid-changes --unicode")
              .values("-HCN --highlight-pid --color --ns-sort")
              .build();
      case "top" ->
          shows("processes")
              .numbers()
              .flags("-bcHisSIkV --batch --cmdline-toggle --threads-show --idle-toggle")
              .values("-dnopuUwEe --delay --iterations --sort-override --pid")
              .values("--filter-only-euser --filter-any-user --width --scale-summary-mem")
              .values("--scale-task-mem -l")
              .build();
      case "which" ->
          shows("where programs are")
              .flags("-as --all --skip-dot --skip-tilde --show-dot --show-tilde --tty-only")
              .flags("--skip-alias --skip-functions")
              .build();
      case "whereis" -> shows("where programs are").flags("-bmsulgV").values("-BMSf").build();
      case "locale" ->
          shows("the language")
              .flags("-amckv --all-locales --charmaps --category-name --keyword-name --verbose")
              .build();
      case "getconf" -> shows("limits").flags("-a").values("-v").build();
      case "tty" -> shows("the terminal").flags("-s --silent --quiet").build();
      case "stty" ->
          shows("the terminal")
              .flags("-ag --all --save")
              .values("-F --file")
              .operands(Operands.CHANGES)
              .build();
      case "tput", "reset" ->
          shows("nothing; it sets the terminal up").flags("-SVxqQcIrsw").values("-Tem").build();
      case "dmesg" -> dmesg();
      case "journalctl" -> journalctl();
      case "ss" -> ss();
      case "netstat" ->
          shows("connections")
              .numbers()
              .flags("-abdefFgiIlLmMnNopPrRsStTuUvwWxcCZ --all --listening --numeric")
              .flags("--programs --tcp --udp --unix --raw --route --interfaces --statistics")
              .flags("--extend --timers --wide --continuous --verbose --groups --masquerade")
              .flags("--numeric-hosts --numeric-ports --numeric-users --symbolic --cache --fib")
              .build();
      case "lsof" -> lsof();
      case "whatis", "apropos" ->
          shows("names of manual pages")
              .flags("-dvrweal --debug --verbose --regex --wildcard --exact --and --long")
              .values("-sm --sections --systems")
              .build();
      default -> null;
    };
  }

  private static Table.Builder shows(String what) {
    return Table.harmless("shows " + what).flags("--help --version");
  }

  private static Table bc() {
    return shows("the result of a calculation")
        .flags("-hilqsvwcPRxz --interactive --mathlib --quiet --standard --warn")
        .flags("--leading-zeroes")
        .values("-eS --expression --scale --ibase --obase")
        .values(READS, "-f --file")
        .operands(Operands.READ)
        .build();
  }

  private static Table uname() {
    return shows("the system")
        .flags("-asnrvmpio --all --kernel-name --nodename --kernel-release")
        .flags("--kernel-version")
        .flags("--machine --processor --hardware-platform --operating-system")
        .build();
  }

  private static Table hostname() {
    return shows("the name of the machine")
        .flags("-aAdfiIsyv --alias --all-fqdns --domain --fqdn --long --ip-address")
        .flags("--short --yp")
        .flags("--all-ip-addresses --nis --verbose")
        .flags(CHANGES, "-b --boot")
        .values(CHANGES, "-F --file")
        .operands(Operands.CHANGES)
        .build();
  }

  private static Table who() {
    return shows("who is here")
        .flags("-abdHlmpqrstTuw --all --boot --dead --heading --login --lookup --mesg")
        .flags("--message")
        .flags("--process --count --runlevel --short --time --users --writable --ips")
        .operands(Operands.READ)
        .build();
  }

  private static Table lsblk() {
    return shows("disks")
        .flags("-abdADfiJlLmMnOpPrsStTvVyz --all --bytes --nodeps --discard --fs --ascii")
        .flags("--json")
        .flags("--list --perms --merge --noheadings --output-all --paths --pairs --raw")
        .flags("--inverse")
        .flags("--scsi --tree --topology --zoned --nvme --virtio --shell")
        .values("-eEIoxw --exclude --dedup --include --output --sort --width")
        .build();
  }

  private static Table pgrep() {
    return shows("processes")
        .flags("-acfilnovwxLVqh --list-name --list-full --full --ignore-case --newest")
        .flags("--oldest --count")
        .flags("--inverse --lightweight --exact --logpidfile")
        .values("-dgGPsuUtrFA --delimiter --pgroup --group --parent --session --euid")
        .values("--uid --terminal")
        .values("--runstates --ns --nslist --older -O --cgroup --env")
        .values(READS, "--pidfile")
        .build();
  }

  /// `-H` and `--human` open a pager.
  private static Table dmesg() {
    return shows("messages of the kernel")
        .flags("-deJkPprStTuwWxhV --show-delta --reltime --json --kernel --nopager")
        .flags("--force-prefix")
        .flags("--raw --syslog --notime --ctime --userspace --follow --follow-new")
        .flags("--decode")
        .flags(CHANGES, "-cCDE --clear --read-clear --console-off --console-on")
        .optional("-L --color")
        .values("-fls --facility --level --buffer-size --since --until --time-format")
        .values(CHANGES, "-n --console-level")
        .values(READS, "-F --file -K --kmsg-file")
        .build();
  }

  private static Table journalctl() {
    return shows("the log of the machine")
        .flags("-aefhklmNqrxI --all --pager-end --follow --dmesg --local --merge --quiet")
        .flags("--reverse")
        .flags("--catalog --no-pager --no-full --full --utc --no-hostname --no-tail")
        .flags("--user --system")
        .flags("--list-boots --disk-usage --header --fields --list-catalog --show-cursor")
        .flags("--verify")
        .flags(CHANGES, "--rotate --flush --sync --relinquish-var --setup-keys")
        .flags(CHANGES, "--update-catalog")
        .optional("-bn --boot --lines")
        .values("-cgopSTtuU --cursor --after-cursor --grep --output --priority --since")
        .values("--identifier")
        .values("--until --unit --user-unit --facility --output-fields --case-sensitive")
        .values("-F --field")
        .values(CHANGES, "--vacuum-size --vacuum-time --vacuum-files --cursor-file")
        .values(Meaning.SEARCHES, "-D --directory --root")
        .values(READS, "--file")
        .build();
  }

  private static Table ss() {
    return shows("connections")
        .flags("-0146aBbdEeHhilMmnOoprSstTuVwxZz --all --bpf --dccp --events --extended")
        .flags("--info --ipv4")
        .flags("--ipv6 --listening --memory --mptcp --no-header --numeric --oneline")
        .flags("--options --packet")
        .flags("--processes --raw --resolve --sctp --summary --tcp --threads --tipc")
        .flags("--tos --udp --unix")
        .flags("--vsock --context --contexts --xdp --cgroup --inet-sockopt --no-queues")
        .flags("-Q")
        .flags(CHANGES, "-K --kill")
        .values("-Afq --family --query --socket")
        .values(CHANGES, "-N --net")
        .values(Meaning.WRITES, "-D --diag")
        .values(READS, "-F --filter")
        .build();
  }

  /// `-D` can write its cache.
  private static Table lsof() {
    return shows("open files")
        .flags("-abChHlMnNOPRtUvVwWXEQ?")
        .optional("-FgirsTSLfKxZ")
        .values("-cdpukAmoe")
        .values(CHANGES, "-D")
        .operands(Operands.LIST)
        .build();
  }
}
