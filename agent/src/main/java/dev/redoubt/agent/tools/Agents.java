// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Crew.Standing;
import dev.redoubt.agent.api.Step;
import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.List;

/// Puts how sub-agents stand into words.
final class Agents {

  private Agents() {}

  /// Returns what a model is told of an agent that it named wrong.
  static Step unknown(Crew crew, String name) {
    List<String> known = crew.standings().stream().map(Standing::agent).toList();
    return Step.Done.failed(
        "there is no agent \"%s\": %s"
            .formatted(
                Names.oneLine(name),
                known.isEmpty() ? "there are none" : "there are " + String.join(", ", known)));
  }

  /// Returns a line about each of `standings`, and the words of those that ended.
  static Step said(List<Standing> standings, Words words) {
    StringBuilder said = new StringBuilder();
    List<Node.Obj> facts = new ArrayList<>();
    for (Standing one : standings) {
      said.append(one.agent()).append(": ").append(one.state());
      said.append(one.runs() ? ", %d turns so far\n".formatted(one.turns()) : "\n");
      if (words == Words.SAID && !one.text().isBlank()) {
        said.append(one.text().strip()).append("\n\n");
      }
      facts.add(
          Facts.of("agent", one.agent())
              .and("state", one.state())
              .and("session", one.session())
              .and("head", one.head())
              .all());
    }
    return Step.Done.said(
        said.isEmpty() ? "(there are no agents)" : said.toString().stripTrailing(),
        new Facts().and("agents", facts).all());
  }

  /// Whether what agents said is told.
  enum Words {
    SAID,
    LEFT_OUT
  }
}
