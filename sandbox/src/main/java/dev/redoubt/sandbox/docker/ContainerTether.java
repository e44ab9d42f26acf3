// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.Usage;
import dev.redoubt.sandbox.masks.Closed;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.sandbox.wall.Undone;
import java.io.IOException;
import java.util.Optional;

/// Holds one command in a container: whoever ends the client has not ended the command.
final class ContainerTether implements Tether {

  private final SessionContainer container;
  private final String mark;
  private final Closed closed;
  private final Optional<StagingArea> staging;
  private volatile Optional<Usage> usage = Optional.empty();

  /// @param staging what is mounted as long as the container is there, if anything is
  ContainerTether(
      SessionContainer container, String mark, Closed closed, Optional<StagingArea> staging) {
    this.staging = requireNonNull(staging, "staging");
    this.container = requireNonNull(container, "container");
    this.mark = requireNonNull(mark, "mark");
    this.closed = requireNonNull(closed, "closed");
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
    Optional<Loss> loss;
    Undone undone;
    try {
      SessionContainer.Left left = container.left(mark, code);
      loss = left.loss();
      usage = left.usage();
    } finally {
      staging.ifPresent(StagingArea::unmounted);
      undone = closed.end();
    }
    return Loss.with(loss, undone);
  }

  @Override
  public Optional<Usage> usage() {
    return usage;
  }
}
