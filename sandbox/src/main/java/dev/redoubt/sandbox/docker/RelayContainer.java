// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/// The second container of a session that has a way out, while it runs. See [WayOut].
///
/// @param name by which the engine knows it
/// @param keeper the client that holds it as long as it runs
record RelayContainer(String name, RunningCommand keeper) {

  RelayContainer {
    requireNonNull(name, "name");
    requireNonNull(keeper, "keeper");
  }

  /// Returns one beside the container `id`, once it relays.
  ///
  /// @param plan how that one was made
  /// @throws WallException if it does not reach the proxy; then nothing of it is left
  static RelayContainer start(
      DockerClient docker, WayOut out, EngineFacts engine, ContainerPlan plan, String id)
      throws IOException, InterruptedException {
    String name = "redoubt-" + UUID.randomUUID();
    RunningCommand keeper =
        docker.start(
            out.arguments(name, id, plan, ContainerMount.Recursion.of(engine.client())),
            new Streams.Piped(Streams.Caps.DEFAULT),
            Optional.empty());
    RelayContainer relay = new RelayContainer(name, keeper);
    try {
      String said = FirstLine.of(keeper);
      if (!said.equals(ProxyRelay.READY)) {
        throw WallException.cannotStart(
            "a container does not reach the egress proxy: " + relay.complaint(said),
            "use an engine that runs on this machine, or run it without the network");
      }
      return relay;
    } catch (WallException | InterruptedException | RuntimeException e) {
      relay.end(docker);
      throw e;
    }
  }

  private String complaint(String said) {
    if (!said.isEmpty()) {
      return said;
    }
    keeper.cut("it did not start");
    return DockerClient.complaint(keeper.await());
  }

  /// Ends it. What the engine does not remove now ends with its input, or at the next start.
  void end(DockerClient docker) throws IOException, InterruptedException {
    docker.ask("rm", "--force", "--volumes", name);
    keeper.close();
  }
}
