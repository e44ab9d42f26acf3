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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tool `edit`: replaces texts in one file, all of them or none.
///
/// What is written is made from the version that lies there at that moment; when another version
/// lies there by then, the edits are placed again in that one.
final class EditTool implements Tool {

  private static final int LARGEST = 4 << 20;
  private static final int MOST_TRIES = 3;

  private final ToolSpec spec = Described.tool("edit");
  private final Workplace place;

  EditTool(Workplace place) {
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
        listed(arguments),
        given -> {
          List<Replacement> edits =
              given.objects("edits").stream()
                  .map(edit ->
                      new Replacement(
                          edit.text("old_string"),
                          edit.text("new_string"),
                          edit.isTrue("replace_all")))
                  .toList();
          return new Call(place.at(given.text("path")), edits, 1).read();
        });
  }

  /* A single edit may stand beside the path, as other agents have it. */
  private Node.Obj listed(Node.Obj arguments) {
    if (arguments.get("edits").isPresent()) {
      return arguments;
    }
    Node edits = spec.parameters().get("properties").flatMap(all -> all.get("edits")).orElseThrow();
    if (!(edits.get("items").orElseThrow() instanceof Node.Obj one)) {
      return arguments;
    }
    Map<String, Node> edit = new LinkedHashMap<>(Spellings.of(one, arguments).fields());
    Map<String, Node> beside = new LinkedHashMap<>(edit);
    edit.keySet().retainAll(one.fields("properties").keySet());
    beside.keySet().removeAll(edit.keySet());
    if (!edit.isEmpty()) {
      beside.put("edits", new Node.Arr(List.of(new Node.Obj(edit, 1)), 1));
    }
    return new Node.Obj(beside, arguments.line());
  }

  /// One call, for the `tries`th time.
  private final class Call {

    private final Path path;
    private final String shown;
    private final List<Replacement> edits;
    private final int tries;

    Call(Path path, List<Replacement> edits, int tries) {
      this.path = path;
      this.shown = place.shown(path);
      this.edits = edits;
      this.tries = tries;
    }

    Step read() {
      return Failures.perform(
          new Action.Read(path),
          outcome ->
              outcome instanceof Outcome.ReadFile(Content content, long size)
                  ? change(content, size)
                  : NearNames.instead(place, path, Failures.reason(outcome)));
    }

    private Step change(Content content, long size) {
      if (size > LARGEST) {
        return Step.Done.failed(
            "\"%s\" has %d bytes; at most %d are edited: use bash".formatted(shown, size, LARGEST));
      }
      Optional<TextFile> file = TextFile.of(content, true);
      if (file.isEmpty()) {
        return Step.Done.failed(
            "\"%s\" is no text: %s".formatted(shown, FileKinds.binary(content)));
      }
      String text = file.get().text();
      List<String> notes = new ArrayList<>();
      for (int i = 0; i < edits.size(); i++) {
        switch (edits.get(i).in(text, file.get().lineEnd())) {
          case Replacement.Result.Made(String changed, String note) -> {
            text = changed;
            if (!note.isEmpty()) {
              notes.add(numbered(i, note));
            }
          }
          case Replacement.Result.Refused(String reason) -> {
            return Step.Done.failed(
                "nothing was changed in %s%s. %s"
                    .formatted(shown, changedSince(content), numbered(i, reason)));
          }
        }
      }
      return text.equals(file.get().text())
          ? Step.Done.failed(
              "the edits of %s undo each other: nothing was changed".formatted(shown))
          : write(content, file.get(), text, notes);
    }

    private String numbered(int i, String said) {
      return edits.size() == 1 ? said : "edit %d of %d: %s".formatted(i + 1, edits.size(), said);
    }

    private String changedSince(Content content) {
      Optional<String> known = place.known(path);
      return known.isPresent() && !known.get().equals(content.sha256())
          ? " (it has changed since you saw it)"
          : "";
    }

    private Step write(Content before, TextFile file, String text, List<String> notes) {
      Optional<Content> after = file.with(text);
      if (after.isEmpty()) {
        return Step.Done.failed(
            "\"%s\" is written in %s, which has no sign for some of the characters"
                .formatted(shown, file.encoding()));
      }
      FileChange change = FileChange.of(shown, file.text(), text);
      return new Step.Perform(
          new Action.Write(path, after.get()),
          Manner.over(new Before.Version(before.sha256())),
          outcome ->
              outcome instanceof Outcome.Changed
                  ? done(before, after.get(), change, notes)
                  : again(before, outcome));
    }

    /* Only another version is a reason to try again. */
    private Step again(Content before, Outcome outcome) {
      return Failures.perform(
          new Action.Read(path),
          second ->
              tries < MOST_TRIES
                      && second instanceof Outcome.ReadFile(Content content, long _)
                      && !content.equals(before)
                  ? new Call(path, edits, tries + 1).read()
                  : Failures.of(outcome));
    }

    private Step done(Content before, Content after, FileChange change, List<String> notes) {
      String since = changedSince(before);
      boolean known = place.known(path).equals(Optional.of(before.sha256()));
      if (known) {
        place.saw(path, after.sha256());
      }
      StringBuilder said = new StringBuilder();
      said.append("edited %s (%s)".formatted(shown, change.counts()));
      notes.forEach(note -> said.append("\n").append(note));
      if (!since.isEmpty()) {
        said.append(
            "\nThe file had changed since you saw it; the edits were made in what is there.");
      }
      if (!since.isEmpty() || !notes.isEmpty()) {
        said.append("\n").append(change.unified());
      }
      return Step.Done.said(
          said.toString(),
          change.facts(after).and("known", known).and("reanchored", !notes.isEmpty()).all());
    }
  }
}
