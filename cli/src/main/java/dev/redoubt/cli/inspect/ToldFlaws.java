// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import dev.redoubt.model.Severity;
import dev.redoubt.relay.detectors.Alert;
import dev.redoubt.relay.detectors.BuiltInDetectors;
import dev.redoubt.relay.detectors.Detector;
import dev.redoubt.relay.detectors.Matter;
import dev.redoubt.relay.detectors.Matter.Surroundings;
import dev.redoubt.relay.detectors.Matters;
import dev.redoubt.relay.detectors.Piece;
import dev.redoubt.relay.detectors.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What is wrong with what a server says of itself and of what it offers. Suppressions do not count
/// here: who looks at a server wants to see all of it.
final class ToldFlaws {

  private final String server;
  private final List<Detector> detectors = BuiltInDetectors.all();
  private final List<Flaw> flaws = new ArrayList<>();

  private ToldFlaws(String server) {
    this.server = server;
  }

  static List<Flaw> of(InspectedServer server) {
    ToldFlaws found = new ToldFlaws(server.name());
    server.self().ifPresent(found::self);
    Set<String> tools =
        server.items().stream()
            .filter(item -> item.kind() == Item.Kind.TOOL)
            .map(Item::name)
            .collect(Collectors.toSet());
    Set<String> met = new HashSet<>();
    for (Item item : server.items()) {
      found.look(item.subject(), Matters.descriptor(item.whole(), tools));
      if (!met.add(item.subject())) {
        found.flaws.add(
            new Flaw(
                Severity.HIGH,
                "mcp.inspect.twice",
                server.name(),
                item.subject(),
                "",
                "is there twice: which of the two is meant cannot be told"));
      }
    }
    return found.flaws;
  }

  private void self(InspectedServer.Self self) {
    look(
        "",
        new Matter(
            Place.DESCRIPTOR,
            "",
            List.of(
                new Piece("serverInfo.name", "name", self.name()),
                new Piece("serverInfo.version", "version", self.version()),
                new Piece("instructions", "instructions", self.instructions())),
            Surroundings.NONE));
  }

  private void look(String subject, Matter matter) {
    for (Detector detector : detectors) {
      for (Alert alert : detector.look(matter)) {
        flaws.add(
            new Flaw(
                alert.severity(), alert.detector(), server, subject, alert.where(), alert.what()));
      }
    }
  }
}
