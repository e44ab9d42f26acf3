// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Files;

/// The contract on the backend `docker`, with an engine of its own.
@NeedsEngine("dockerd")
class DockerSandboxTest extends SandboxContract {

  private static final int ORDINARY = 1000;

  @Override
  Backend backend() {
    return new DockerBackend(DockerEngine.shared().settings());
  }

  /* A test run may be root's, and a container never is. */
  @Override
  void prepare() throws IOException {
    if (Files.getAttribute(workspace, "unix:uid").equals(0)) {
      Files.setAttribute(workspace, "unix:uid", ORDINARY);
      Files.setAttribute(workspace, "unix:gid", ORDINARY);
    }
  }
}
