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
import java.util.function.Function;

/// The tool `grep`: the lines, or the files, that a pattern fits.
final class GrepTool implements Tool {

  private static final int USUAL_MOST = 200;

  private final ToolSpec spec = Described.tool("grep");
  private final Workplace place;

  GrepTool(Workplace place) {
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
          Path path = place.at(given.optionalText("path").orElse("."));
          List<String> globs = given.optionalText("glob").map(List::of).orElse(List.of());
          SearchTerms below = terms(given, globs, SearchTerms.DEEPEST);
          return new Call(path, pattern(given), below)
              .search(outcome -> {
                SearchTerms inFile = terms(given, List.of("/" + escaped(path)), 1);
                return oneFile(path, pattern(given), inFile, Failures.reason(outcome));
              });
        });
  }

  private static String pattern(Arguments given) {
    return (given.isTrue("ignore_case") ? "(?i)" : "") + given.text("pattern");
  }

  private static SearchTerms terms(Arguments given, List<String> globs, int depth) {
    SearchTerms.Show show =
        switch (given.optionalText("show").orElse("lines")) {
          case "files" -> SearchTerms.Show.FILES;
          case "counts" -> SearchTerms.Show.COUNTS;
          default -> SearchTerms.Show.LINES;
        };
    SearchTerms.Ignored ignored =
        depth == 1 ? SearchTerms.Ignored.SEARCHED : GlobTool.ignored(given);
    return new SearchTerms(
        show, globs, ignored, given.number("context", 0), given.number("limit", USUAL_MOST), depth);
  }

  private static String escaped(Path path) {
    StringBuilder glob = new StringBuilder();
    String name = String.valueOf(path.getFileName());
    for (int i = 0; i < name.length(); i++) {
      if ("*?[\\{}".indexOf(name.charAt(i)) >= 0) {
        glob.append('\\');
      }
      glob.append(name.charAt(i));
    }
    return glob.toString();
  }

  /* What cannot be searched as a folder may be a file. */
  private Step oneFile(Path path, String pattern, SearchTerms terms, String reason) {
    if (path.getParent() == null || reason.contains("is no pattern")) {
      return Step.Done.failed(
          "%s; write ( [ { . * + ? with a backslash where they are meant".formatted(reason));
    }
    Call beside = new Call(path.getParent(), pattern, terms);
    return Failures.perform(
        new Action.ListFolder(path.getParent()),
        outcome ->
            outcome instanceof Outcome.Listed(Listing listing) && isFile(listing, path)
                ? beside.search(Failures::of)
                : NearNames.instead(place, path, reason));
  }

  private static boolean isFile(Listing listing, Path path) {
    return listing.entries().stream()
        .anyMatch(entry ->
            entry.kind() == Listing.Kind.FILE
                && entry.name().equals(path.getFileName().toString()));
  }

  /// One search.
  private final class Call {

    private final Path folder;
    private final String pattern;
    private final SearchTerms terms;

    Call(Path folder, String pattern, SearchTerms terms) {
      this.folder = folder;
      this.pattern = pattern;
      this.terms = terms;
    }

    Step search(Function<Outcome, Step> otherwise) {
      return new Step.Perform(
          new Action.Search(folder, pattern),
          Manner.searching(terms),
          outcome ->
              outcome instanceof Outcome.Found(Matches found)
                  ? Step.Done.said(said(found), facts(found).all())
                  : otherwise.apply(outcome));
    }

    private Facts facts(Matches found) {
      return Facts.of("path", place.shown(folder))
          .and("pattern", pattern)
          .and("lines", found.lines().stream().filter(line -> !line.around()).count())
          .and("files", found.files().size())
          .and("complete", found.complete());
    }

    private String said(Matches found) {
      StringBuilder out = new StringBuilder();
      String file = "";
      int last = 0;
      for (Matches.Line line : found.lines()) {
        if (!line.path().equals(file)) {
          out.append(file.isEmpty() ? "" : "\n").append(shown(line.path())).append('\n');
        } else if (terms.context() > 0 && line.number() > last + 1) {
          out.append("--\n");
        }
        file = line.path();
        last = line.number();
        out.append(last).append(line.around() ? "- " : ": ").append(line.text()).append('\n');
      }
      for (Matches.File one : found.files()) {
        out.append(shown(one.path()));
        out.append(one.lines() > 0 ? ": " + one.lines() : "").append('\n');
      }
      if (out.isEmpty()) {
        out.append("(nothing is found)\n");
      }
      if (!found.complete()) {
        out.append("(there is more, or a file is too large: narrow it, or raise limit)\n");
      }
      if (found.hidden() > 0) {
        out.append("(%d files may not be read)\n".formatted(found.hidden()));
      }
      return out.toString();
    }

    private String shown(String below) {
      return Names.oneLine(place.shown(folder.resolve(below)));
    }
  }
}
