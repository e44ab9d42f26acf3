// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container as its engine describes it.
///
/// @param id 64 hex digits
/// @param firstProcess the number of its first process where the engine runs
/// @param settings what holds for it, by the engine's own names
record StartedContainer(String id, long firstProcess, Map<String, Node> settings) {

  StartedContainer {
    requireNonNull(id, "id");
    settings = Map.copyOf(settings);
  }

  /// Returns the container `name` of the engine of `docker`.
  static StartedContainer ask(DockerClient docker, String name)
      throws IOException, InterruptedException {
    DockerClient.Answer answer =
        docker.ask(
            "inspect",
            "--type=container",
            "--format",
            "[{{json .Id}},{{json .State.Pid}},{{json .HostConfig}}]",
            name);
    if (!answer.good()) {
      throw WallException.cannotStart(
          "the container ended at once: " + answer.complaint(), "try docker run by hand");
    }
    try {
      Node node = Json.readStrict(answer.text().getBytes(StandardCharsets.UTF_8), Limits.SCAN);
      if (node instanceof Node.Arr(List<Node> items, int _)
          && items.size() == 3
          && items.get(0) instanceof Node.Text(String id, int _)
          && items.get(1) instanceof Node.Num(String pid, int _)
          && items.get(2) instanceof Node.Obj(Map<String, Node> settings, int _)) {
        return new StartedContainer(id, Long.parseLong(pid), settings);
      }
    } catch (DocumentException | NumberFormatException e) {
      throw unreadable();
    }
    throw unreadable();
  }

  private static WallException unreadable() {
    return WallException.cannotStart("what the engine says of a container is not understood", "");
  }

  /// @throws WallException if the engine made something else of `plan` or has another `filter`
  void requirePlanned(ContainerPlan plan, Optional<EngineFilter> filter) throws WallException {
    ResourceLimits limits = plan.extra().limits();
    List<String> wrong = new ArrayList<>();
    check(wrong, "Privileged", "false");
    check(wrong, "ReadonlyRootfs", "true");
    check(wrong, "NetworkMode", "none");
    check(wrong, "IpcMode", "private");
    check(wrong, "PidMode", "");
    check(wrong, "UTSMode", "");
    check(wrong, "UsernsMode", "");
    check(wrong, "CapAdd", "");
    check(wrong, "CapDrop", "[ALL]");
    check(wrong, "Devices", "");
    check(wrong, "DeviceRequests", "");
    check(wrong, "Binds", "");
    check(wrong, "VolumesFrom", "");
    check(wrong, "PidsLimit", String.valueOf(limits.processes()));
    check(wrong, "Memory", String.valueOf(limits.memoryBytes()));
    check(wrong, "NanoCpus", String.valueOf(limits.cpus() * 10_000_000L));
    int mounts =
        settings.get("Mounts") instanceof Node.Arr(List<Node> items, int _) ? items.size() : 0;
    if (mounts != plan.mounts().size()) {
      wrong.add("it has %d mounts".formatted(mounts));
    }
    if (!shown("SecurityOpt").contains("no-new-privileges")
        || shown("SecurityOpt").contains("unconfined")) {
      wrong.add("SecurityOpt is " + shown("SecurityOpt"));
    }
    if (filter.isPresent() && !shown("SecurityOpt").contains("seccomp=" + filter.get().profile())) {
      wrong.add("its filter of system calls is another one");
    }
    if (!wrong.isEmpty()) {
      throw WallException.cannotStart(
          "the engine did not make the container that was asked for: " + String.join(", ", wrong),
          "use an engine and a kernel that hold these limits");
    }
  }

  private void check(List<String> wrong, String name, String expected) {
    String found = shown(name);
    if (!found.equals(expected)) {
      wrong.add("%s is \"%s\"".formatted(name, found));
    }
  }

  private String shown(String name) {
    Node node = settings.get(name);
    return node == null ? "" : shown(node);
  }

  private static String shown(Node node) {
    return switch (node) {
      case Node.Text(String value, int _) -> value;
      case Node.Num(String literal, int _) -> literal;
      case Node.Bool(boolean value, int _) -> String.valueOf(value);
      case Node.Nothing _ -> "";
      case Node.Arr(List<Node> items, int _) ->
          items.isEmpty() ? "" : items.stream().map(StartedContainer::shown).toList().toString();
      case Node.Obj(Map<String, Node> fields, int _) ->
          fields.isEmpty() ? "" : "an object of " + fields.size();
    };
  }
}
