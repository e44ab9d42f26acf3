// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One option that `docker run` knows.
///
/// @param name the long one, without dashes
/// @param letter the short one; 0 when there is none
/// @param taking whether a value belongs to it
/// @param treatment what becomes of it in a hardened run
record RunOption(String name, char letter, Taking taking, Treatment treatment) {

  /// Whether a value belongs to an option.
  enum Taking {
    NOTHING,
    VALUE
  }

  /// What becomes of an option that somebody else wrote.
  enum Treatment {
    /// It stays as it is.
    KEEP,
    /// It is left out: Redoubt sets its own, or it means nothing there.
    DROP,
    /// With it there is no run at all.
    REFUSE,
    /// It depends on the value.
    JUDGE
  }

  /* Every option of docker run from 17.03 to 28, and the ones podman has besides that a
   * configuration may show. A line is a treatment; "name" takes a value, "name!" takes none, and
   * "name/x" has the letter x. */
  private static final String TABLE =
      """
      keep interactive!/i tty!/t rm! init! name hostname/h domainname workdir/w entrypoint label/l
      keep platform stop-signal stop-timeout env/e cpu-shares/c ulimit shm-size
      judge user/u volume/v mount tmpfs network net privileged! pid ipc uts userns cgroupns
      judge security-opt oom-kill-disable! detach!/d
      drop quiet!/q no-healthcheck! read-only! cap-drop memory/m memory-reservation memory-swap
      drop memory-swappiness kernel-memory cpus cpu-count cpu-percent cpu-period cpu-quota
      drop cpu-rt-period cpu-rt-runtime cpuset-cpus cpuset-mems pids-limit blkio-weight
      drop blkio-weight-device device-read-bps device-read-iops device-write-bps device-write-iops
      drop io-maxbandwidth io-maxiops restart attach/a log-driver log-opt publish/p
      drop publish-all!/P expose ip ip6 mac-address link link-local-ip network-alias net-alias
      drop add-host dns dns-option dns-opt dns-search health-cmd health-interval health-retries
      drop health-start-period health-start-interval health-timeout detach-keys sig-proxy!
      drop disable-content-trust! oom-score-adj pull
      refuse cap-add device device-cgroup-rule gpus cgroup-parent volumes-from volume-driver
      refuse env-file label-file cidfile group-add runtime storage-opt sysctl isolation annotation
      refuse use-api-socket! help! version!/V
      """;

  private static final Map<String, RunOption> BY_NAME = new HashMap<>();
  private static final Map<Character, RunOption> BY_LETTER = new HashMap<>();

  static {
    TABLE.lines().forEach(RunOption::read);
  }

  RunOption {
    requireNonNull(name, "name");
    requireNonNull(taking, "taking");
    requireNonNull(treatment, "treatment");
  }

  private static void read(String line) {
    String[] words = line.split(" ", -1);
    Treatment treatment = Treatment.valueOf(words[0].toUpperCase(java.util.Locale.ROOT));
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      int slash = word.indexOf('/');
      String written = slash < 0 ? word : word.substring(0, slash);
      boolean bare = written.endsWith("!");
      RunOption option =
          new RunOption(
              bare ? written.substring(0, written.length() - 1) : written,
              slash < 0 ? 0 : word.charAt(slash + 1),
              bare ? Taking.NOTHING : Taking.VALUE,
              treatment);
      BY_NAME.put(option.name(), option);
      if (option.letter() != 0) {
        BY_LETTER.put(option.letter(), option);
      }
    }
  }

  /// Returns the option called `--name`. There are no abbreviations.
  static Optional<RunOption> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /// Returns the option called `-letter`.
  static Optional<RunOption> lettered(char letter) {
    return Optional.ofNullable(BY_LETTER.get(letter));
  }
}
