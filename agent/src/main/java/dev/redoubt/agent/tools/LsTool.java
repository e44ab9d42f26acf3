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
import dev.redoubt.sandbox.files.Listing;
import dev.redoubt.sandbox.files.Matches;
import dev.redoubt.sandbox.files.SearchTerms;
import java.nio.file.Path;
import java.util.List;

/// The tool `ls`: what is in a folder, as a tree.
final class LsTool implements Tool {

  private static final int MOST = 600;
  private static final int USUAL_DEPTH = 2;

  private final ToolSpec spec = Described.tool("ls");
  private final Workplace place;

  LsTool(Workplace place) {
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
                  List.of(),
                  GlobTool.ignored(given),
                  0,
                  MOST,
                  given.number("depth", USUAL_DEPTH));
          return new Step.Perform(
              new Action.Search(folder, ""),
              Manner.searching(terms),
              outcome ->
                  outcome instanceof Outcome.Found(Matches found)
                      ? Step.Done.said(
                          tree(found),
                          Facts.of("path", place.shown(folder))
                              .and("names", found.files().size())
                              .all())
                      : NearNames.instead(place, folder, Failures.reason(outcome)));
        });
  }

  private static String tree(Matches found) {
    StringBuilder out = new StringBuilder();
    for (Matches.File file : found.files()) {
      int depth = (int) file.path().chars().filter(c -> c == '/').count();
      String name = file.path().substring(file.path().lastIndexOf('/') + 1);
      out.append("  ".repeat(depth)).append(Names.oneLine(name)).append(mark(file.kind()));
      out.append('\n');
    }
    if (found.files().isEmpty()) {
      out.append("(nothing)\n");
    }
    if (!found.complete()) {
      out.append("(there is more: list a folder below, or look with glob)\n");
    }
    return out.toString();
  }

  private static String mark(Listing.Kind kind) {
    return switch (kind) {
      case FILE -> "";
      case FOLDER -> "/";
      case LINK -> "@";
      case SPECIAL -> " (special)";
    };
  }
}
