// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.landlock.LandlockBackend;
import dev.redoubt.sandbox.local.LocalBackend;
import dev.redoubt.sandbox.ssh.SshBackend;
import dev.redoubt.sandbox.wall.Backend;
import java.util.List;
import java.util.Optional;

/// Every backend, in the order in which they are shown: a new one is one line here.
public final class BuiltInBackends {

  private BuiltInBackends() {}

  /// Returns all of them.
  public static List<Backend> all(BackendSettings settings) {
    return List.of(
        new LocalBackend(),
        new BubblewrapBackend(),
        new LandlockBackend(),
        new DockerBackend(settings.docker()),
        new SshBackend(settings.ssh(), settings.notices()));
  }

  /// Returns the one called `name`.
  public static Optional<Backend> named(String name, BackendSettings settings) {
    return all(settings).stream().filter(backend -> backend.name().equals(name)).findFirst();
  }
}
