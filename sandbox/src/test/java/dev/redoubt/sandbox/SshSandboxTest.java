// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.sandbox.ssh.SshBackend;
import dev.redoubt.sandbox.ssh.SshServer;
import dev.redoubt.sandbox.ssh.SyncNotice;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The contract on the backend `ssh`, on a real sshd.
@NeedsEngine("sshd")
@ResourceLock("sessions on the far side")
class SshSandboxTest extends SandboxContract {

  @TempDir static Path far;
  private static SshServer server;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    server = SshServer.start(far.toRealPath().resolve("sshd"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  boolean countsUsage() {
    return true;
  }

  @Override
  Backend backend() {
    try {
      String remote = folder.toRealPath().resolve("far-side").toString();
      return new SshBackend(Optional.of(server.settings(remote)), SyncNotice.Listener.NONE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
