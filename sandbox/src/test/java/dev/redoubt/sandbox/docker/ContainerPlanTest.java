// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.wall.ResourceLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerPlanTest {

  private static final ResourceLimits LIMITS = new ResourceLimits(64, 1 << 20, 1 << 10, 4096, 150);
  private static final EngineFilter FILTER = new EngineFilter(Path.of("/state/seccomp.json"), "{}");
  private static final ContainerPlan PLAN =
      new ContainerPlan(
          new ImageFacts("base:1", "sha256:abc", List.of(), List.of("/data")),
          new ContainerUser(1000, 1001),
          "/w, \"x\"",
          new ExtraArgs(LIMITS, List.of("--label=team=blue")),
          List.of(
              new ContainerMount(Path.of("/w, \"x\""), "/w, \"x\"", ContainerMount.Mode.WRITABLE)),
          List.of("/tmp", "/data"));

  @Test
  void theWholeCommandLineIsWrittenHere() {
    List<String> arguments =
        PLAN.arguments("redoubt-1", ContainerMount.Recursion.NEW, Optional.of(FILTER));

    assertThat(arguments.subList(0, arguments.size() - 9))
        .containsExactly(
            "run",
            "--rm",
            "--interactive",
            "--name=redoubt-1",
            "--label=" + Leftovers.label(),
            "--pull=never",
            "--init=false",
            "--no-healthcheck",
            "--log-driver=none",
            "--hostname=redoubt",
            "--user=1000:1001",
            "--workdir=/w, \"x\"",
            "--network=none",
            "--ipc=private",
            "--cgroupns=private",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--read-only",
            "--security-opt=seccomp=/state/seccomp.json",
            "--pids-limit=64",
            "--memory=1048576",
            "--memory-swap=1048576",
            "--cpus=1.50",
            "--shm-size=64m",
            "--ulimit=core=0",
            "--ulimit=fsize=1024",
            "--tmpfs=/tmp:rw,nosuid,nodev,exec,mode=1777,uid=1000,gid=1001,size=4096",
            "--tmpfs=/data:rw,nosuid,nodev,exec,mode=1777,uid=1000,gid=1001,size=4096",
            "--mount=type=bind,\"source=/w, \"\"x\"\"\",\"target=/w, \"\"x\"\"\","
                + "bind-recursive=disabled,readonly=false",
            "--label=team=blue");
    assertThat(arguments.subList(arguments.size() - 9, arguments.size()))
        .startsWith("--entrypoint=bash", "sha256:abc", "--noprofile", "--norc", "-c")
        .endsWith("redoubt", "/w, \"x\"", ContainerPlan.PROOF);
  }

  @Test
  void scenario48NothingEndsASessionByTheClock() {
    assertThat(PLAN.arguments("redoubt-1", ContainerMount.Recursion.OLD, Optional.empty()))
        .noneMatch(word -> word.contains("timeout") || word.contains("sleep"))
        .noneMatch(word -> word.contains("health-"));
  }

  @Test
  void anOwnerThatIsAliveOrOutOfSightIsNoOrphan() {
    String own = Leftovers.label().substring("dev.redoubt.owner=".length());
    String gone = own.substring(0, own.lastIndexOf('/', own.lastIndexOf('/') - 1));

    assertThat(Leftovers.isOrphaned(own)).isFalse();
    assertThat(Leftovers.isOrphaned(gone + "/4194999/1")).isTrue();
    assertThat(Leftovers.isOrphaned("other/pid:[1]/4194999/1")).isFalse();
    assertThat(Leftovers.isOrphaned(gone + "/x/1")).isFalse();
    assertThat(Leftovers.isOrphaned(gone)).isFalse();
    assertThat(Leftovers.isOrphaned("")).isFalse();
  }
}
