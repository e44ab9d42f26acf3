// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.WallException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraArgsTest {

  private static final ResourceLimits LIMITS = ResourceLimits.DEFAULT;

  @Test
  void harmlessOptionsPassAndLimitsGoDown() throws WallException {
    ExtraArgs extra =
        ExtraArgs.of(
            List.of(
                "--label",
                "team=blue",
                "--env=MODE=a b",
                "--hostname=box-1",
                "--shm-size=128m",
                "--ulimit",
                "nofile=1024",
                "--cpus=1.5",
                "--memory",
                "512m",
                "--pids-limit=100"),
            LIMITS);

    assertThat(extra)
        .isEqualTo(
            new ExtraArgs(
                new ResourceLimits(
                    100, 512L << 20, LIMITS.fileBytes(), LIMITS.temporaryBytes(), 150),
                List.of(
                    "--label=team=blue",
                    "--env=MODE=a b",
                    "--hostname=box-1",
                    "--shm-size=128m",
                    "--ulimit=nofile=1024")));
  }

  @Test
  void scenario46NoSpellingOfAPrivilegeIsAnExtraArgument() {
    List<String> taken = new ArrayList<>();
    for (String option : Privileges.SPELLINGS) {
      try {
        taken.add(option + " -> " + ExtraArgs.of(List.of(option.split(" ")), LIMITS));
      } catch (WallException e) {
        assertThat(e.kind()).isEqualTo(WallException.Kind.REFUSED);
      }
    }
    assertThat(taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--",
        "-",
        "",
        "image",
        "-l a=b",
        "-m 1g",
        "-e A=B",
        "-h x",
        "--labe a=b",
        "--label",
        "--label=",
        "--label dev.redoubt.owner=x",
        "--env A",
        "--env=A",
        "--env =A",
        "--env 1A=b",
        "--memory 5g",
        "--memory 0",
        "--memory -1",
        "--memory=",
        "--memory 1t",
        "--memory-swap 1g",
        "--cpus 0",
        "--cpus 5",
        "--cpus 1e3",
        "--cpus .",
        "--cpus 1.",
        "--pids-limit -1",
        "--pids-limit 0",
        "--pids-limit 513",
        "--shm-size 2g",
        "--shm-size -1",
        "--ulimit nproc=1",
        "--ulimit core=1",
        "--ulimit nofile=-1",
        "--hostname a/b",
        "--cpu-shares x",
        "--tmpfs /x",
        "--user 0:0",
        "--read-only=false",
        "--rm=false",
        "--init",
        "--entrypoint sh",
      })
  void everythingElseIsRefused(String args) {
    List<String> words = args.isEmpty() ? List.of("") : List.of(args.split(" "));

    assertThatThrownBy(() -> ExtraArgs.of(words, LIMITS)).isInstanceOf(WallException.class);
  }
}
