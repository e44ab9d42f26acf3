// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import dev.redoubt.cli.Call;
import dev.redoubt.sandbox.docker.ContainerMount;
import dev.redoubt.sandbox.docker.DockerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `[options.sandbox.docker]`.
final class DockerTable {

  private static final List<String> KEYS =
      List.of("image", "host", "client", "certificates", "user", "mounts", "extra-args");

  private DockerTable() {}

  static DockerSettings settings(Call call, Table docker) {
    docker.requireKeys(KEYS);
    String local = DockerSettings.Engine.LOCAL.host();
    String host = docker.text("host").orElseGet(() -> call.world().variable("DOCKER_HOST", local));
    Optional<Path> certificates =
        docker
            .text("certificates")
            .or(() -> Optional.of(call.world().variable("DOCKER_CERT_PATH", "")))
            .filter(text -> !text.isEmpty())
            .map(call::resolve);
    List<ContainerMount> mounts = new ArrayList<>();
    for (String text : docker.texts("mounts")) {
      mounts.add(mount(call, docker, text));
    }
    return new DockerSettings(
        docker.text("image"),
        new DockerSettings.Engine(host, docker.text("client").map(call::resolve), certificates),
        docker.text("user"),
        mounts,
        docker.texts("extra-args"));
  }

  /* SRC[:DST][:rw] as --sandbox-mount has it. */
  private static ContainerMount mount(Call call, Table docker, String text) {
    boolean writable = text.endsWith(":rw");
    String plain = text.replaceFirst(":r[ow]$", "");
    int colon = plain.indexOf(':');
    Path source = call.resolve(colon < 0 ? plain : plain.substring(0, colon));
    String target = colon < 0 ? source.toString() : plain.substring(colon + 1);
    try {
      return new ContainerMount(
          source, target, writable ? ContainerMount.Mode.WRITABLE : ContainerMount.Mode.READ_ONLY);
    } catch (IllegalArgumentException e) {
      throw docker.wrong("mounts", "has \"%s\", which is not SOURCE[:TARGET][:rw]".formatted(text));
    }
  }
}
