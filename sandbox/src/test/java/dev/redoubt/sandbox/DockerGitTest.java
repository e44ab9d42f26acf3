// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// What git obeys under other names than its usual ones, behind docker.
@NeedsEngine("docker")
@ResourceLock("container engine")
class DockerGitTest {

  @TempDir Path folder;

  @Test
  void nothingThatGitObeysIsWrittenOrMadeAndWorkGoesOn() throws IOException, InterruptedException {
    Map<String, String> before;
    Path workspace;
    try (Enclosed walled =
        Enclosed.open(
            new DockerBackend(DockerEngine.shared().settings()),
            folder,
            (laid, home) -> {
              GitScene.lay(laid);
              DockerSandboxTest.giveAway(laid);
            })) {
      workspace = walled.workspace;
      for (Path open : new Path[] {folder, walled.state, walled.home}) {
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
      before = GitScene.kept(workspace);

      assertThat(walled.run(GitScene.ordinaryWork()).ending()).isEqualTo(new Ending.Exited(0));
      assertThat(walled.said(GitScene.attacks())).endsWith("over\n");
    }
    assertThat(GitScene.kept(workspace)).isEqualTo(before);
    GitScene.assertNothingCame(workspace);
  }
}
