// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.BuildIdentity;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.inspect.Flaw;
import dev.redoubt.cli.inspect.InspectedServer;
import dev.redoubt.cli.inspect.InspectedServer.Self;
import dev.redoubt.cli.inspect.Item;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.client.ClientSettings;
import dev.redoubt.mcp.client.McpClient;
import dev.redoubt.mcp.client.McpException;
import dev.redoubt.mcp.client.ServerSelf;
import dev.redoubt.mcp.client.ToolDescriptor;
import dev.redoubt.mcp.pins.Difference;
import dev.redoubt.mcp.pins.PinFile;
import dev.redoubt.mcp.pins.Review;
import dev.redoubt.mcp.rpc.Transport;
import dev.redoubt.model.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks a server for everything it offers, calls nothing of it, and compares it with what is
/// pinned. Pins nothing.
final class Meeting {

  private static final Duration START = Duration.ofSeconds(60);
  private static final int LONGEST = 1_000;

  private final List<Item> items = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final String server;

  private Meeting(String server) {
    this.server = server;
  }

  /// What was heard.
  ///
  /// @param flaws what is different from what is pinned
  record Heard(Self self, List<Item> items, List<String> notes, List<Flaw> flaws) {
    Heard {
      items = List.copyOf(items);
      notes = List.copyOf(notes);
      flaws = List.copyOf(flaws);
    }

    /// Returns it as what is known of `server`.
    ///
    /// @param known what was known besides
    InspectedServer of(RelayedServer server, InspectedServer.Origin origin, List<String> known) {
      List<String> all = new ArrayList<>(known);
      all.addAll(notes);
      return new InspectedServer(
          server.name(), origin, server.place(), Optional.of(self), items, all);
    }
  }

  /// @param folder the only folder the server is told to work in
  /// @throws McpException if the server does not answer as one
  static Heard with(Call call, Transport transport, RelayedServer server, Path folder)
      throws McpException, InterruptedException {
    ClientSettings settings =
        new ClientSettings(BuildIdentity.current().version(), List.of(folder), START);
    try (McpClient client = McpClient.connect(transport, settings)) {
      Meeting meeting = new Meeting(server.name());
      List<ToolDescriptor> tools = client.tools();
      tools.forEach(tool -> meeting.items.add(Item.of(Item.Kind.TOOL, tool.whole())));
      client.unusable().forEach(line -> meeting.notes.add("left out: the tool " + line));
      meeting.list(Item.Kind.PROMPT, client::prompts);
      meeting.list(Item.Kind.RESOURCE, client::resources);
      meeting.list(Item.Kind.TEMPLATE, client::resourceTemplates);
      meeting.compare(server.pins(call), tools, server.approving());
      ServerSelf self = client.server();
      return new Heard(
          new Self(self.name(), self.version(), self.protocol(), self.instructions()),
          meeting.items,
          meeting.notes,
          meeting.flaws);
    }
  }

  /// A question whose answer is a list.
  private interface Listed {
    List<Node> ask() throws McpException, InterruptedException;
  }

  /* Many servers have no resource templates and say so with an error. */
  private void list(Item.Kind kind, Listed listed) throws InterruptedException {
    try {
      for (Node each : listed.ask()) {
        if (each instanceof Node.Obj whole) {
          items.add(Item.of(kind, whole));
        }
      }
    } catch (McpException e) {
      notes.add("its %ss are not known: it %s".formatted(kind.word(), e.reason()));
    }
  }

  private void compare(PinFile pins, List<ToolDescriptor> tools, String approving) {
    if (pins.isFirst()) {
      notes.add("never met: no proxy has pinned it");
      return;
    }
    Review review = pins.compare(tools);
    for (Difference difference : review.differences()) {
      String lines = String.join("; ", difference.lines());
      flaws.add(
          new Flaw(
              Severity.CRITICAL,
              "pins.changed",
              server,
              "tool " + difference.tool(),
              "",
              (difference.kind() == Difference.Kind.ADDED ? "is new: " : "is not as pinned: ")
                  + (lines.length() > LONGEST ? lines.substring(0, LONGEST) + "…" : lines)));
    }
    review.missing().forEach(name -> notes.add("pinned and there no more: the tool " + name));
    if (!review.differences().isEmpty()) {
      notes.add("a proxy stops what is different; once it has met it, to accept it: " + approving);
    }
  }
}
