// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

import dev.redoubt.sandbox.checks.Attempt.Seen;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.wall.EscapeCheck;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The ways out that lead through processes, the kernel or too much of something.
final class ProcessAttempts {

  private static final int NO_PROGRAM = 3;

  private ProcessAttempts() {}

  static Seen proc(Scene scene) throws CheckFailedException {
    long pid = scene.outside().pid();
    Ended ended =
        scene.run(
            ("cat /proc/%d/environ /proc/*/environ /proc/%d/root%s/.ssh/id_ed25519"
                    + " /proc/1/root%s/.ssh/id_ed25519 2>/dev/null | tr '\\0' '\\n'")
                .formatted(pid, pid, scene.home(), scene.home()));
    return new Seen(
        ended.output().toString().contains(scene.secret()),
        "the environment and the root of processes outside were read");
  }

  /* A killed process is told to have ended a moment later. */
  private static boolean hasEnded(Process process) {
    try {
      return process.waitFor(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  static Seen signal(Scene scene) throws CheckFailedException {
    scene.run(
        "kill -9 %d; kill -9 -%d; true".formatted(scene.outside().pid(), scene.outside().pid()));
    return new Seen(hasEnded(scene.outside()), "a process outside was sent a kill");
  }

  static Seen ptrace(Scene scene) throws CheckFailedException {
    return calls(
        scene,
        "x86_64) n=101;; aarch64) n=117;;",
        "perl -e 'exit(syscall($ARGV[0], 0, 0, 0, 0) == 0 ? 0 : 1)' $n && echo reached",
        "a process asked to be traced");
  }

  static Seen namespace(Scene scene) throws CheckFailedException {
    Ended ended =
        scene.run(
            "mkdir -p mnt; mount -t tmpfs none mnt && echo reached && umount mnt;"
                + " unshare -Urm sh -c 'mount -t tmpfs none mnt' && echo reached; rmdir mnt; true");
    return new Seen(
        ended.output().toString().contains("reached"),
        "a mount, and a mount in a namespace of its own");
  }

  static Seen terminal(Scene scene) throws CheckFailedException {
    return calls(
        scene,
        "*) n=0;;",
        "perl -e 'open(my $t, \"+<\", \"/dev/ptmx\") or exit 1; my $c = \"x\";"
            + " exit(ioctl($t, 0x5412, $c) ? 0 : 1)' && echo reached",
        "TIOCSTI was tried on a terminal");
  }

  private static Seen calls(Scene scene, String numbers, String line, String detail)
      throws CheckFailedException {
    Ended ended =
        scene.run(
            "command -v perl >/dev/null || exit %d; case $(uname -m) in %s esac; %s; true"
                .formatted(NO_PROGRAM, numbers, line));
    if (ended.ending().exitCode() == NO_PROGRAM) {
      throw new CheckFailedException("there is no perl inside to try it with");
    }
    return new Seen(ended.output().toString().contains("reached"), detail);
  }

  static Seen forkBomb(Scene scene) throws CheckFailedException {
    int limit = Scene.LIMITS.processes();
    // A smaller shell ends when it cannot start one more; Bash waits and tries again.
    Ended ended =
        scene.run(
            ("exec sh -c 'i=0; while [ $i -lt %d ]; do sleep 25 >/dev/null 2>&1 & i=$((i+1));"
                    + " echo $i; done'")
                .formatted(limit * 4));
    int ran = forks(ended.output().toString(), ended.errors().toString(), limit * 4);
    return new Seen(
        ran > limit,
        "%s; of %d processes %d ran at once"
            .formatted(scene.limit(EscapeCheck.FORK_BOMB), limit * 4, ran));
  }

  /// Returns how many processes a script started that was to start `all`.
  ///
  /// @param output the numbers of those it started
  /// @throws CheckFailedException if it broke off before, and not because it could not start more
  static int forks(String output, String errors, int all) throws CheckFailedException {
    int ran = (int) output.lines().filter(line -> !line.isBlank()).count();
    boolean refused = errors.contains("fork") || errors.contains("unavailable");
    if (ran < all && (ran == 0 || !refused)) {
      throw new CheckFailedException(
          "the script broke off after %d processes: %s"
              .formatted(ran, errors.lines().findFirst().orElse("it said nothing")));
    }
    return ran;
  }

  static Seen diskFill(Scene scene) throws CheckFailedException {
    long limit = Scene.LIMITS.temporaryBytes();
    Ended ended =
        scene.run(
            "head -c %d /dev/zero > /tmp/fill 2>/dev/null; stat -c %%s /tmp/fill; rm -f /tmp/fill"
                .formatted(limit * 2));
    return new Seen(
        number(ended) > limit,
        "%s; of %d MiB %d were written"
            .formatted(scene.limit(EscapeCheck.DISK_FILL), (limit * 2) >> 20, number(ended) >> 20));
  }

  static Seen outputFlood(Scene scene) throws CheckFailedException {
    long bytes = 64L << 20;
    Ended ended = scene.run("head -c %d /dev/zero".formatted(bytes));
    int kept = ended.output().bytes().length;
    return new Seen(
        kept > 1 << 20 || ended.output().written() != bytes,
        "%s; of 64 MiB %d KiB were kept"
            .formatted(scene.limit(EscapeCheck.OUTPUT_FLOOD), kept >> 10));
  }

  static Seen orphan(Scene scene) throws CheckFailedException {
    String mark = "6" + (scene.outside().pid() % 100_000) + "7";
    Ended ended =
        scene.run(
            "(setsid sh -c 'trap \"\" HUP TERM; sleep %s' >/dev/null 2>&1 &); echo x"
                .formatted(mark));
    boolean left =
        ProcessHandle.allProcesses()
            .anyMatch(p -> p.info().arguments().map(a -> List.of(a).contains(mark)).orElse(false));
    return new Seen(
        left || !ended.ending().equals(new Ending.Exited(0)),
        "a process that left its session and ignores signals");
  }

  private static long number(Ended ended) {
    String text = ended.output().toString().strip();
    try {
      return Long.parseLong(text.substring(text.lastIndexOf('\n') + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
