// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.staged;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.undo.UndoText;
import dev.redoubt.sandbox.snapshots.StagedChange;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// How staged writes are shown.
final class StagedText {

  private StagedText() {}

  static void lines(Call call, List<StagedChange> changes) {
    for (StagedChange change : changes) {
      CommandOutput.line(
          call,
          "%-8s  %s  (%s)%s",
          UndoText.word(change.kind()),
          change.path(),
          change.what(),
          change
              .obstacle()
              .map(left -> "  %s: %s".formatted(UndoText.word(left.why()), left.reason()))
              .orElse(""));
    }
  }

  static void array(JsonGenerator json, String name, List<StagedChange> changes) {
    json.writeArrayPropertyStart(name);
    for (StagedChange change : changes) {
      json.writeStartObject();
      json.writeStringProperty("path", change.path());
      json.writeStringProperty("kind", UndoText.word(change.kind()));
      json.writeStringProperty("what", change.what());
      if (change.obstacle().isPresent()) {
        json.writeStringProperty("obstacle", UndoText.word(change.obstacle().get().why()));
        json.writeStringProperty("reason", change.obstacle().get().reason());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
