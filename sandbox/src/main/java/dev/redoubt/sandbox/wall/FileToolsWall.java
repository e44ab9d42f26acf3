// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.staging.StagingArea;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// A wall behind which commands write directly or not at all, used while writes are staged: what
/// may write is refused.
final class FileToolsWall implements Wall {

  private final Wall wall;
  private final Staging staging;

  FileToolsWall(Wall wall, Staging staging) {
    this.wall = requireNonNull(wall, "wall");
    this.staging = requireNonNull(staging, "staging");
  }

  @Override
  public String name() {
    return wall.name();
  }

  @Override
  public Boundary boundary() {
    return wall.boundary();
  }

  @Override
  public Map<String, String> facts() {
    return wall.facts();
  }

  @Override
  public Optional<StagingArea> staging() {
    return Optional.of(staging.area());
  }

  @Override
  public Launch around(Action.Run run) throws IOException, InterruptedException {
    requireReading(run);
    return wall.around(run);
  }

  @Override
  public Launch aroundTerminal(Action.Run run) throws IOException, InterruptedException {
    requireReading(run);
    return wall.aroundTerminal(run);
  }

  private void requireReading(Action.Run run) throws WallException {
    if (staging.mayWrite().test(run)) {
      throw WallException.refused(
          "it may write, and the sandbox \"%s\" cannot stage what a command writes"
              .formatted(wall.name()),
          "use --sandbox bubblewrap or docker, or --writes direct");
    }
  }

  @Override
  public void close() throws IOException {
    wall.close();
  }
}
