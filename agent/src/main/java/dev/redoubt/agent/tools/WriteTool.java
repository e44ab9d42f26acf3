// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.files.Before;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The tool `write`: creates a file, or replaces one whose present version the model knows.
final class WriteTool implements Tool {

  private final ToolSpec spec = Described.tool("write");
  private final Workplace place;

  WriteTool(Workplace place) {
    this.place = requireNonNull(place, "place");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.WRITES;
  }

  @Override
  public void recall(Node.Obj facts) {
    place.recall(facts);
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(
        spec,
        arguments,
        given -> {
          Path path = place.at(given.text("path"));
          String text = given.text("content");
          return Failures.perform(
              new Action.Read(path),
              outcome ->
                  outcome instanceof Outcome.ReadFile(Content content, long size)
                      ? replace(path, content, size, text)
                      : create(path, text));
        });
  }

  /* What could not be read is written only if nothing is there; a folder for example stays. */
  private Step create(Path path, String text) {
    TextFile plain = new TextFile("", StandardCharsets.UTF_8, false);
    return write(path, plain, text, Before.NOTHING);
  }

  private Step replace(Path path, Content content, long size, String text) {
    String version = content.sha256();
    Optional<String> known = place.known(path);
    if (size > content.size()) {
      return Step.Done.failed(
          "\"%s\" has %d bytes, too many to be replaced: use bash"
              .formatted(place.shown(path), size));
    }
    if (content.size() > 0 && !known.equals(Optional.of(version))) {
      return Step.Done.failed(
          "\"%s\" exists and %s: view it, then write again, or change parts of it with edit"
              .formatted(
                  place.shown(path),
                  known.isEmpty() ? "you have not seen it" : "has changed since you saw it"));
    }
    Optional<TextFile> before = TextFile.of(content, true);
    if (before.isEmpty()) {
      return Step.Done.failed(
          "\"%s\" is no text: delete it with bash before writing one there"
              .formatted(place.shown(path)));
    }
    return write(path, before.get(), text, new Before.Version(version));
  }

  private Step write(Path path, TextFile before, String text, Before expected) {
    boolean crlf = before.lineEnd().equals("\r\n") && !before.isMixed() && !text.contains("\r");
    String ended = crlf ? text.replace("\n", "\r\n") : text;
    Optional<Content> content = before.with(ended);
    if (content.isEmpty()) {
      return Step.Done.failed(
          "\"%s\" is written in %s, which has no sign for some of the characters"
              .formatted(place.shown(path), before.encoding()));
    }
    FileChange change = FileChange.of(place.shown(path), before.text(), ended);
    return new Step.Perform(
        new Action.Write(path, content.get()),
        Manner.over(expected),
        outcome -> {
          if (!(outcome instanceof Outcome.Changed)) {
            return Failures.of(outcome);
          }
          place.saw(path, content.get().sha256());
          boolean created = expected instanceof Before.Nothing;
          return Step.Done.said(
              "%s %s, %d lines (%s)%s"
                  .formatted(
                      created ? "created" : "replaced",
                      change.shown(),
                      TextFile.lines(ended).size(),
                      change.counts(),
                      crlf ? ", with CRLF line ends as before" : ""),
              change.facts(content.get()).and("created", created).all());
        });
  }
}
