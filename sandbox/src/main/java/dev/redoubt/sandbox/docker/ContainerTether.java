// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.wall.Tether;
import java.io.IOException;
import java.util.Optional;

/// Holds one command in a container: whoever ends the client has not ended the command.
final class ContainerTether implements Tether {

  private final SessionContainer container;
  private final String mark;

  ContainerTether(SessionContainer container, String mark) {
    this.container = requireNonNull(container, "container");
    this.mark = requireNonNull(mark, "mark");
  }

  @Override
  public void kill() throws IOException {
    try {
      container.kill(mark);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Optional<Loss> ended(int code) throws IOException, InterruptedException {
    return container.left(mark, code);
  }
}
