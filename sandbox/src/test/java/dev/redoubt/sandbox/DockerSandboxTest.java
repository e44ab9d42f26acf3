// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The contract on the backend `docker`, with an engine of its own.
@NeedsEngine(value = "dockerd", right = NeedsEngine.Right.ROOT)
@ResourceLock("container engine")
class DockerSandboxTest extends SandboxContract {

  private static final int ORDINARY = 1000;

  @Override
  boolean countsUsage() {
    return true;
  }

  @Override
  Backend backend() {
    return new DockerBackend(DockerEngine.shared().settings());
  }

  @Override
  void prepare() throws IOException {
    giveAway(workspace);
  }

  /* A test run may be root's, and a container never is. */
  static void giveAway(Path workspace) throws IOException {
    if (!Files.getAttribute(workspace.getParent(), "unix:uid").equals(0)) {
      return;
    }
    try (Stream<Path> all = Files.walk(workspace)) {
      for (Path path : all.toList()) {
        Files.setAttribute(path, "unix:uid", ORDINARY, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", ORDINARY, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
