// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.trust;

import dev.redoubt.cli.CommandOutput;
import dev.redoubt.guard.Action.ConfigKind;
import dev.redoubt.guard.trust.Survey;
import dev.redoubt.guard.trust.TrustItem;
import dev.redoubt.guard.trust.TrustState;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// How the commands of this family say what a checkout brings along: in words and as JSON.
final class TrustOutput {

  private TrustOutput() {}

  /// Writes a workspace, its state and what it would switch on.
  static void json(JsonGenerator json, WorkspaceTrust trust) {
    json.writeStringProperty("workspace", trust.workspace().toString());
    json.writeStringProperty("state", trust.state().word());
    switch (trust.state()) {
      case TrustState.Trusted(var since) -> json.writeStringProperty("since", since.toString());
      case TrustState.Changed(var since, List<String> changes) -> {
        json.writeStringProperty("since", since.toString());
        texts(json, "changes", changes);
      }
      case TrustState.Untrusted(List<String> problems) -> texts(json, "reasons", problems);
    }
    items(json, trust.survey().items());
    texts(json, "problems", trust.survey().problems());
  }

  static void items(JsonGenerator json, List<TrustItem> items) {
    json.writeArrayPropertyStart("items");
    for (TrustItem item : items) {
      json.writeStartObject();
      json.writeStringProperty("kind", item.kind().name());
      json.writeStringProperty("path", item.path());
      json.writeStringProperty("sha256", item.sha256());
      json.writeStringProperty("what", item.what());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  /// Writes the same for people.
  static void text(PrintStream out, WorkspaceTrust trust) {
    switch (trust.state()) {
      case TrustState.Trusted(var since) ->
          out.println(CommandOutput.plain(trust.workspace() + ": trusted since " + since));
      case TrustState.Changed(_, List<String> changes) -> {
        out.println(
            CommandOutput.plain(
                trust.workspace() + ": not trusted, changed since you trusted it:"));
        changes.forEach(change -> out.println("  " + CommandOutput.plain(change)));
      }
      case TrustState.Untrusted(List<String> problems) -> {
        out.println(CommandOutput.plain(trust.workspace() + ": not trusted"));
        problems.forEach(problem -> out.println("  " + CommandOutput.plain(problem)));
      }
    }
    survey(out, trust.survey());
  }

  private static void survey(PrintStream out, Survey survey) {
    if (survey.items().isEmpty()) {
      out.println("It brings along nothing that would be switched on.");
    } else {
      out.println("It would switch on:");
    }
    for (TrustItem item : survey.items()) {
      out.println(
          CommandOutput.plain(
              "  %-16s %s  sha256 %s  (%s)"
                  .formatted(
                      word(item.kind()),
                      item.path(),
                      item.sha256().substring(0, 12),
                      item.what())));
    }
    for (String problem : survey.problems()) {
      out.println(CommandOutput.plain("  cannot be judged: " + problem));
    }
  }

  private static String word(ConfigKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
