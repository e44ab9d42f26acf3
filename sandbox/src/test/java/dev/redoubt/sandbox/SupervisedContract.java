// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.processes.Ended;
import org.junit.jupiter.api.Test;

/// What a sandbox does besides whose commands have a supervisor on this machine.
abstract class SupervisedContract extends SandboxContract {

  @Override
  final boolean countsUsage() {
    return true;
  }

  @Test
  void whatHidesEndsWithTheCommandToo() {
    Ended ended =
        run("for i in 1 2 3; do (env -i setsid sleep 4327 >/dev/null 2>&1 &); done; echo done");

    assertThat(ended.output()).hasToString("done\n");
    assertThat(sleepers("4327")).isEmpty();
  }
}
