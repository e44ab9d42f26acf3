// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Mounts behind the backend `docker`.
@NeedsEngine(value = "dockerd", right = NeedsEngine.Right.ROOT)
@ResourceLock("container engine")
class DockerMountTest extends MountContract {

  @Override
  Backend backend() {
    return new DockerBackend(DockerEngine.shared().settings());
  }

  @Override
  void prepare(Path place) throws IOException {
    DockerSandboxTest.giveAway(place);
  }
}
