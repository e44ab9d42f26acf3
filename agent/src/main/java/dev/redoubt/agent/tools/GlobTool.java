// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.files.Matches;
import dev.redoubt.sandbox.files.SearchTerms;
import java.nio.file.Path;
import java.util.List;

/// The tool `glob`: the files whose paths a glob fits.
final class GlobTool implements Tool {

  private static final int USUAL_MOST = 200;

  private final ToolSpec spec = Described.tool("glob");
  private final Workplace place;

  GlobTool(Workplace place) {
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
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(
        spec,
        arguments,
        given -> {
          Path folder = place.at(given.optionalText("path").orElse("."));
          SearchTerms terms =
              new SearchTerms(
                  SearchTerms.Show.NAMES,
                  List.of(given.text("pattern")),
                  ignored(given),
                  0,
                  given.number("limit", USUAL_MOST),
                  SearchTerms.DEEPEST);
          return new Step.Perform(
              new Action.Search(folder, ""),
              Manner.searching(terms),
              outcome ->
                  outcome instanceof Outcome.Found(Matches found)
                      ? said(folder, found)
                      : NearNames.instead(place, folder, Failures.reason(outcome)));
        });
  }

  /// Returns whether a call wants to see what `.gitignore` names.
  static SearchTerms.Ignored ignored(Arguments given) {
    return given.isTrue("ignored") ? SearchTerms.Ignored.SEARCHED : SearchTerms.Ignored.PASSED_OVER;
  }

  private Step said(Path folder, Matches found) {
    StringBuilder out = new StringBuilder();
    for (Matches.File file : found.files()) {
      out.append(Names.oneLine(place.shown(folder.resolve(file.path())))).append('\n');
    }
    if (found.files().isEmpty()) {
      out.append("(no file fits)\n");
    }
    if (!found.complete()) {
      out.append("(there are more: narrow the pattern, or raise limit)\n");
    }
    return Step.Done.said(
        out.toString(),
        Facts.of("path", place.shown(folder)).and("files", found.files().size()).all());
  }
}
