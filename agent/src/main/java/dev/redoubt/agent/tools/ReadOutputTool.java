// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.redoubt.agent.api.Outputs;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import java.util.List;
import java.util.Optional;

/// The tool `read_output`: lines of a result that was too long to be shown whole.
final class ReadOutputTool implements Tool {

  private static final int MOST_LINES = 300;
  private static final int MOST_CHARACTERS = 24_000;
  private static final int LONGEST_LINE = 2_000;

  private final ToolSpec spec = Described.tool("read_output");
  private final Outputs outputs;

  ReadOutputTool(Outputs outputs) {
    this.outputs = requireNonNull(outputs, "outputs");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.THINKS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(spec, arguments, this::plan);
  }

  private Step plan(Arguments given) {
    Optional<String> text = outputs.text(given.text("reference"));
    if (text.isEmpty()) {
      return Step.Done.failed(
          "there is no output \"%s\", or it was forgotten: do again what made it"
              .formatted(given.text("reference")));
    }
    try {
      Optional<Pattern> pattern = given.optionalText("pattern").map(Pattern::compile);
      return Step.Done.said(
          lines(text.get().lines().toList(), given.number("offset", 1), MOST_LINES, pattern),
          Facts.of("reference", given.text("reference")).all());
    } catch (PatternSyntaxException e) {
      return Step.Done.failed(
          "\"%s\" is no pattern: %s".formatted(given.text("pattern"), e.getDescription()));
    }
  }

  private static String lines(List<String> lines, int from, int most, Optional<Pattern> pattern) {
    StringBuilder out = new StringBuilder();
    int shown = 0;
    int at = from;
    for (; at <= lines.size() && shown < most && out.length() < MOST_CHARACTERS; at++) {
      String line = lines.get(at - 1);
      if (pattern.isEmpty() || pattern.get().matcher(line).find()) {
        out.append(at).append('\t').append(cut(line)).append('\n');
        shown++;
      }
    }
    return out.append(
            at <= lines.size()
                ? "(%d lines in all; go on with offset %d)".formatted(lines.size(), at)
                : "(%d lines in all, this is the end)".formatted(lines.size()))
        .toString();
  }

  private static String cut(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
  }
}
