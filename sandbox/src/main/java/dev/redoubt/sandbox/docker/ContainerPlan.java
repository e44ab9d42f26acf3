// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.wall.ResourceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How the container of a session is made. Nothing of it comes from a model or a checkout.
///
/// @param image what it is made from
/// @param user who runs in it
/// @param folder where it starts: the workspace
/// @param extra what the operator lowered and added
/// @param mounts everything it sees of the machine
/// @param empties the folders that are empty and private to it
record ContainerPlan(
    ImageFacts image,
    ContainerUser user,
    String folder,
    ExtraArgs extra,
    List<ContainerMount> mounts,
    List<String> empties) {

  /* The first process. It keeps the container until its input ends, which it does when Redoubt ends
   * in whatever way. It takes in orphans as the first process has to. The kernel shields it from
   * signals of the others. First it says what it sees: that is how a workspace which is another one
   * there, on another machine, is noticed. */
  private static final String KEEPER =
      """
      trap "" HUP INT QUIT TERM PIPE ALRM USR1 USR2
      IFS= read -r seen < "$2"
      if [ -w "$1" ]; then may=writable; else may=read-only; fi
      printf "%s %s\\n" "$seen" "$may"
      while IFS= read -r _; do :; done
      """;

  /// Where a container finds what proves that it sees this machine's files.
  static final String PROOF = "/run/redoubt-proof";

  ContainerPlan {
    requireNonNull(image, "image");
    requireNonNull(user, "user");
    requireNonNull(folder, "folder");
    requireNonNull(extra, "extra");
    mounts = List.copyOf(mounts);
    empties = List.copyOf(empties);
  }

  /// Returns the arguments for `docker`.
  ///
  /// @param filter of system calls; the engine's own when empty
  List<String> arguments(
      String name, ContainerMount.Recursion recursion, Optional<EngineFilter> filter) {
    List<String> all = new ArrayList<>(fixed(name));
    filter.map(EngineFilter::option).ifPresent(all::add);
    all.addAll(limits(extra.limits()));
    for (String empty : empties) {
      all.add(
          // Its owner is named besides its mode: some runtimes give it the mode it has in the
          // image.
          "--tmpfs=%s:rw,nosuid,nodev,exec,mode=1777,uid=%d,gid=%d,size=%d"
              .formatted(empty, user.uid(), user.gid(), extra.limits().temporaryBytes()));
    }
    for (ContainerMount mount : mounts) {
      all.add("--mount=" + mount.option(recursion));
    }
    all.addAll(extra.options());
    all.addAll(List.of("--entrypoint=bash", image.id()));
    all.addAll(List.of("--noprofile", "--norc", "-c", KEEPER, "redoubt", folder, PROOF));
    return all;
  }

  private List<String> fixed(String name) {
    return List.of(
        "run",
        "--rm",
        "--interactive",
        "--name=" + name,
        "--label=" + Leftovers.label(),
        "--pull=never",
        "--init=false",
        "--no-healthcheck",
        "--log-driver=none",
        "--hostname=redoubt",
        "--user=" + user.option(),
        "--workdir=" + folder,
        "--network=none",
        "--ipc=private",
        "--cgroupns=private",
        "--cap-drop=ALL",
        "--security-opt=no-new-privileges",
        "--read-only");
  }

  private static List<String> limits(ResourceLimits limits) {
    return List.of(
        "--pids-limit=" + limits.processes(),
        "--memory=" + limits.memoryBytes(),
        "--memory-swap=" + limits.memoryBytes(),
        "--cpus=" + cpus(limits),
        "--shm-size=64m",
        "--ulimit=core=0",
        "--ulimit=fsize=" + limits.fileBytes());
  }

  /// Returns the processors of `limits` as the client reads them.
  static String cpus(ResourceLimits limits) {
    return String.format(Locale.ROOT, "%d.%02d", limits.cpus() / 100, limits.cpus() % 100);
  }
}
