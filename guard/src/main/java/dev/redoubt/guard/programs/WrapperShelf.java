// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs that start the one named in their arguments.
///
/// Sources: the manuals of GNU coreutils 9, findutils 4.10, util-linux 2.40, time 1.9, sudo 1.9,
/// doas(1), procps 4, strace 6.
final class WrapperShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "busybox",
          "caffeinate",
          "chroot",
          "chrt",
          "doas",
          "env",
          "flock",
          "gdb",
          "ionice",
          "ltrace",
          "nice",
          "nohup",
          "nsenter",
          "parallel",
          "pkexec",
          "runuser",
          "script",
          "setarch",
          "setsid",
          "stdbuf",
          "strace",
          "su",
          "sudo",
          "taskset",
          "time",
          "timeout",
          "toybox",
          "unbuffer",
          "unshare",
          "watch",
          "xargs");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "env" -> new EnvManual();
      case "xargs" -> new XargsManual();
      case "flock" -> new FlockManual();
      case "script" -> new ScriptManual();
      case "su", "runuser" -> new SuManual(name);
      case "busybox", "toybox" -> new BoxManual(name);
      case "timeout" -> new WrapperManual(name, timeout(), 1);
      case "nice" -> new WrapperManual(name, nice(), 0);
      case "nohup" ->
          new WrapperManual(name, plain("keeps a command running"), 0)
              .outliving("nohup lets the command outlive the line");
      case "setsid" ->
          new WrapperManual(
                  name,
                  transparent("starts a session")
                      .flags("-cfw --ctty --fork --wait --help --version")
                      .build(),
                  0)
              .outliving("setsid lets the command outlive the line");
      case "stdbuf" -> new WrapperManual(name, stdbuf(), 0);
      case "unbuffer" -> new WrapperManual(name, plain("runs a command on a terminal"), 0);
      case "time" -> new WrapperManual(name, time(), 0);
      case "ionice" -> new WrapperManual(name, ionice(), 0);
      case "chrt" -> new WrapperManual(name, chrt(), 1);
      case "taskset" -> new WrapperManual(name, taskset(), 1);
      case "watch" -> new WatchManual();
      case "sudo" -> new WrapperManual(name, sudo(), 0).allowingVariables();
      case "doas" -> new WrapperManual(name, doas(), 0);
      case "pkexec" -> new WrapperManual(name, pkexec(), 0);
      case "strace", "ltrace" -> new WrapperManual(name, strace(), 0);
      case "chroot" -> new WrapperManual(name, elsewhere("chroot"), 1);
      case "unshare", "nsenter", "setarch" -> new WrapperManual(name, elsewhere(name), 0);
      case "gdb", "parallel", "caffeinate" ->
          new AskManual(java.util.Set.of(name), name + " runs what its arguments say");
      default -> null;
    };
  }

  private static Table.Builder transparent(String reason) {
    return Table.harmless(reason).endsAtOperand();
  }

  private static Table plain(String reason) {
    return transparent(reason).flags("--help --version").build();
  }

  private static Table timeout() {
    return transparent("ends a command after a time")
        .flags("-fpv --foreground --preserve-status --verbose --help --version")
        .values("-ks --kill-after --signal")
        .build();
  }

  private static Table nice() {
    return transparent("runs a command with less haste")
        .numbers()
        .flags("--help --version")
        .values("-n --adjustment")
        .build();
  }

  private static Table stdbuf() {
    return transparent("sets how a command buffers")
        .flags("--help --version")
        .values("-ioe --input --output --error")
        .build();
  }

  private static Table time() {
    return transparent("measures a command")
        .flags("-apqvV --append --portability --quiet --verbose --help --version")
        .values("-f --format")
        .values(Meaning.WRITES, "-o --output")
        .build();
  }

  private static Table ionice() {
    return transparent("runs a command with less haste")
        .flags("-thV --ignore --help --version")
        .values("-cn --class --classdata")
        .values(Meaning.CHANGES, "-pPu --pid --pgid --uid")
        .build();
  }

  private static Table chrt() {
    return Table.of(Nature.CHANGES, "chrt changes how processes are scheduled")
        .endsAtOperand()
        .flags("-abdfGimorRvVh --batch --deadline --fifo --idle --other --rr --verbose --max")
        .flags("--all-tasks --reset-on-fork --help --version --ext")
        .values("-TPD --sched-runtime --sched-period --sched-deadline")
        .values(Meaning.CHANGES, "-p --pid")
        .build();
  }

  private static Table taskset() {
    return transparent("runs a command on some processors")
        .flags("-achV --all-tasks --cpu-list --help --version")
        .flags(Meaning.CHANGES, "-p --pid")
        .build();
  }

  private static Table sudo() {
    return Table.of(Nature.CHANGES, "sudo runs a command as another user")
        .endsAtOperand()
        .flags("-ABbEHnPSV --askpass --bell --background --preserve-groups --non-interactive")
        .flags("--set-home --stdin --version --no-update")
        .flags(Meaning.UNKNOWN, "-eisKklv --edit --login --shell --remove-timestamp")
        .flags(Meaning.UNKNOWN, "--reset-timestamp --list --validate")
        .optional("--preserve-env")
        .values("-CghprtTuU --close-from --group --host --prompt --role --type --command-timeout")
        .values("--user --other-user")
        .values(Meaning.FOLDER, "-D --chdir")
        .values(Meaning.UNKNOWN, "-R --chroot")
        .build();
  }

  private static Table doas() {
    return Table.of(Nature.CHANGES, "doas runs a command as another user")
        .endsAtOperand()
        .flags("-n")
        .flags(Meaning.UNKNOWN, "-Ls")
        .values("-aCu")
        .build();
  }

  private static Table pkexec() {
    return Table.of(Nature.CHANGES, "pkexec runs a command as another user")
        .endsAtOperand()
        .flags("--version --help --disable-internal-agent --keep-cwd")
        .values("--user")
        .build();
  }

  private static Table strace() {
    return Table.of(Nature.CHANGES, "traces a command")
        .endsAtOperand()
        .flags("-cCdDfFhiknqrtTvVwxyYzZ --help --version --follow-forks")
        .values("-abEeIOPsSuUX")
        .values(Meaning.CHANGES, "-p")
        .values(Meaning.WRITES, "-o --output")
        .build();
  }

  /// Paths mean something else behind these, so none of their calls is more than unknown.
  private static Table elsewhere(String name) {
    return Table.of(Nature.UNKNOWN, name + " runs a command in surroundings of its own")
        .endsAtOperand()
        .build();
  }
}
