// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.testkit.NeedsEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `redoubt sandbox test --sandbox docker` shows, on a real engine.
@NeedsEngine(value = "dockerd", right = NeedsEngine.Right.ROOT)
class DockerChecksTest {

  @Test
  void whatDockerSaysIsTrue() throws Exception {
    List<CheckRow> rows = new ArrayList<>();

    boolean held =
        new SandboxChecks(Map.of("PATH", "/usr/bin:/bin"))
            .run(new DockerBackend(DockerEngine.shared().settings()), rows::add);

    assertThat(rows)
        .filteredOn(row -> !row.held())
        .extracting(row -> row.check() + ": " + row.detail())
        .isEmpty();
    assertThat(held).isTrue();
    assertThat(rows)
        .filteredOn(row -> row.result() != CheckRow.Result.BLOCKED)
        .extracting(row -> row.check().id() + " " + row.result().id())
        .containsExactlyInAnyOrder(
            "unix-socket gap",
            "ptrace gap",
            "fork-bomb bounded",
            "disk-fill bounded",
            "output-flood bounded");
  }
}
