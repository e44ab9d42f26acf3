// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

import dev.redoubt.model.Gap;
import dev.redoubt.model.Purl;
import dev.redoubt.scan.extractors.golang.GoModFile.Directive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What both readers of this package say about a line they do not understand, and how they name a
/// module.
final class GoGaps {

  private static final int MOST = 20;
  private static final int LONGEST = 80;

  private GoGaps() {}

  /// Returns a gap for each of the first lines, and one for all that follow.
  static List<Gap> malformed(String path, List<Directive> lines) {
    List<Gap> gaps = new ArrayList<>();
    for (Directive line : lines.subList(0, Math.min(MOST, lines.size()))) {
      String quoted = shorten((line.verb() + " " + String.join(" ", line.words())).strip());
      gaps.add(new Gap(path, line.line(), "cannot be understood: " + quoted, "run go mod tidy"));
    }
    if (lines.size() > MOST) {
      gaps.add(
          new Gap(
              path,
              lines.get(MOST).line(),
              "%d more lines cannot be understood".formatted(lines.size() - MOST),
              "check that this is a file of Go"));
    }
    return gaps;
  }

  static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /// Returns whether `module` can be the path of a module at all: it names something.
  static boolean isModule(String module) {
    return !module.replace("/", "").isBlank() && !module.endsWith("/");
  }

  static Purl purl(String module, @Nullable String version) {
    int slash = module.lastIndexOf('/');
    return Purl.of(
        "golang",
        slash < 0 ? null : module.substring(0, slash),
        module.substring(slash + 1),
        version);
  }
}
