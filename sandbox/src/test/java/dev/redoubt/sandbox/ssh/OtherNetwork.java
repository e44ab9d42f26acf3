// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import dev.redoubt.testkit.Engines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A network of its own that one cable leads to. Only root can lay it; whoever lays it takes it
/// away.
final class OtherNetwork implements AutoCloseable {

  private final String name;
  private final String near;
  private final int number;

  private OtherNetwork(int number) {
    this.number = number;
    this.name = "redoubt-test-" + number;
    this.near = "rdt" + number;
  }

  static OtherNetwork lay() throws IOException, InterruptedException {
    OtherNetwork network = new OtherNetwork((int) (ProcessHandle.current().pid() % 16_000));
    String far = network.near + "f";
    ip("netns", "add", network.name);
    try {
      ip("link", "add", network.near, "type", "veth", "peer", "name", far);
      ip("link", "set", far, "netns", network.name);
      ip("addr", "add", network.address(1) + "/30", "dev", network.near);
      ip("link", "set", network.near, "up");
      ip("-n", network.name, "addr", "add", network.address(2) + "/30", "dev", far);
      ip("-n", network.name, "link", "set", far, "up");
      return network;
    } catch (IOException | InterruptedException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /* A block of four addresses for each test run. */
  private String address(int last) {
    int block = number * 4;
    return "10.231.%d.%d".formatted(block >> 8 & 0xff, (block & 0xff) + last);
  }

  /// Returns the place of a server at its other end.
  SshServer.Place place() {
    return new SshServer.Place(
        address(2), List.of(Engines.path("ip").toString(), "netns", "exec", name));
  }

  /// Pulls the cable out: what is sent is lost, and nobody is told.
  void cut() throws IOException, InterruptedException {
    ip("link", "set", near, "down");
  }

  void mend() throws IOException, InterruptedException {
    ip("link", "set", near, "up");
  }

  @Override
  public void close() throws IOException {
    try {
      ip("netns", "del", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void ip(String... arguments) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of(Engines.path("ip").toString()));
    argv.addAll(List.of(arguments));
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("%s: %s".formatted(argv, said));
    }
  }
}
