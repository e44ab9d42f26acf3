// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.files.Listing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The tool `recall`: reads the notes that `remember` wrote.
final class RecallTool implements Tool {

  static final String NO_TOPIC =
      "a topic is 1 to 60 of a-z, 0-9 and -, in the manner of build-steps";

  private static final String ENDING = ".md";
  private static final int LONGEST = 60;

  private final ToolSpec spec = Described.tool("recall");
  private final Workplace place;

  RecallTool(Workplace place) {
    this.place = requireNonNull(place, "place");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.READS;
  }

  /// Returns the file of a topic; empty when the topic is none.
  static Optional<Path> note(Workplace place, String topic) {
    boolean name =
        !topic.isEmpty()
            && topic.length() <= LONGEST
            && topic
                .chars()
                .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    return name ? Optional.of(folder(place).resolve(topic + ENDING)) : Optional.empty();
  }

  private static Path folder(Workplace place) {
    return place.folder().resolve(".redoubt").resolve("memory");
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(
        spec,
        arguments,
        given -> {
          Optional<String> topic = given.optionalText("topic");
          if (topic.isEmpty()) {
            return topics();
          }
          Optional<Path> path = note(place, topic.get());
          return path.isEmpty() ? Step.Done.failed(NO_TOPIC) : read(path.get());
        });
  }

  private Step read(Path path) {
    return Failures.perform(
        new Action.Read(path),
        outcome ->
            outcome instanceof Outcome.ReadFile(Content content, long _)
                ? Step.Done.said(
                    new String(content.bytes(), StandardCharsets.UTF_8),
                    Facts.of("path", place.shown(path)).all())
                : Failures.of(outcome));
  }

  private Step topics() {
    return Failures.perform(
        new Action.ListFolder(folder(place)),
        outcome -> {
          List<String> topics =
              outcome instanceof Outcome.Listed(Listing listing)
                  ? listing.entries().stream()
                      .map(Listing.Entry::name)
                      .filter(name -> name.endsWith(ENDING))
                      .map(name -> name.substring(0, name.length() - ENDING.length()))
                      .filter(name -> note(place, name).isPresent())
                      .toList()
                  : List.of();
          return Step.Done.said(
              topics.isEmpty() ? "(no notes yet)" : String.join("\n", topics),
              Facts.of("path", place.shown(folder(place))).all());
        });
  }
}
