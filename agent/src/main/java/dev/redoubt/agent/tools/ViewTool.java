// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The tool `view`: the lines of a file with their numbers, or a picture.
final class ViewTool implements Tool {

  private static final int USUAL_LINES = 1_000;
  private static final int MOST_CHARACTERS = 24_000;
  private static final int LONGEST_LINE = 2_000;
  private static final int LARGEST_IMAGE = 5 << 20;

  private final ToolSpec spec = Described.tool("view");
  private final Workplace place;

  ViewTool(Workplace place) {
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
          int from = given.number("offset", 1);
          int lines = given.number("limit", USUAL_LINES);
          return Failures.perform(
              new Action.Read(path),
              outcome ->
                  outcome instanceof Outcome.ReadFile(Content content, long size)
                      ? shown(path, content, size, new Window(from, lines))
                      : NearNames.instead(place, path, Failures.reason(outcome)));
        });
  }

  private Step shown(Path path, Content content, long size, Window window) {
    boolean whole = content.size() == size;
    Optional<String> image = FileKinds.image(content);
    if (image.isPresent()) {
      return picture(path, content, size, image.get());
    }
    Optional<TextFile> text = TextFile.of(content, whole);
    if (text.isEmpty()) {
      return Step.Done.failed(
          "\"%s\" is no text: %s, %d bytes"
              .formatted(place.shown(path), FileKinds.binary(content), size));
    }
    if (whole) {
      place.saw(path, content.sha256());
    }
    Facts facts = Facts.of("path", place.shown(path)).and("size", size);
    if (whole) {
      facts.and("sha256", content.sha256());
    }
    return Step.Done.said(window.of(text.get(), whole), facts.all());
  }

  private Step picture(Path path, Content content, long size, String type) {
    if (size > LARGEST_IMAGE) {
      return Step.Done.failed(
          "\"%s\" is a picture of %d bytes; at most %d are shown: make a smaller one first"
              .formatted(place.shown(path), size, LARGEST_IMAGE));
    }
    String said = "%s, %s, %d bytes".formatted(place.shown(path), type, size);
    return new Step.Done(
        List.of(new Message.Words(said), new Message.Image(type, content)),
        false,
        Facts.of("path", place.shown(path)).and("size", size).and("mediaType", type).all());
  }

  /// Which lines are wanted.
  ///
  /// @param from the first, counted from 1
  private record Window(int from, int lines) {

    String of(TextFile file, boolean whole) {
      List<String> all = file.lines();
      StringBuilder out = new StringBuilder();
      String odd = file.oddities();
      if (!odd.isEmpty()) {
        out.append('(').append(odd).append(")\n");
      }
      if (all.isEmpty()) {
        return out.append("(the file is empty)").toString();
      }
      if (from > all.size()) {
        return out.append("(the file has only %d lines)".formatted(all.size())).toString();
      }
      int next = from;
      while (next <= all.size() && next - from < lines && out.length() < MOST_CHARACTERS) {
        out.append(next).append('\t').append(cut(all.get(next - 1))).append('\n');
        next++;
      }
      if (next <= all.size() || !whole) {
        out.append(
            "(lines %d to %d of %d%s; go on with offset %d)"
                .formatted(
                    from,
                    next - 1,
                    all.size(),
                    whole ? "" : " in the first 16 MiB, the rest cannot be viewed",
                    next));
      }
      return out.toString();
    }

    private static String cut(String line) {
      return line.length() <= LONGEST_LINE
          ? line
          : "%s… (%d characters more)"
              .formatted(line.substring(0, LONGEST_LINE), line.length() - LONGEST_LINE);
    }
  }
}
