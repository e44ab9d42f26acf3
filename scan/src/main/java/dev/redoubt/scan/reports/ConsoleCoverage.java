// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static dev.redoubt.scan.reports.ConsolePage.piece;
import static dev.redoubt.scan.reports.ConsolePage.plain;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.engine.Skip;
import dev.redoubt.scan.reports.ConsolePage.Style;
import dev.redoubt.scan.reports.ScanReport.Coverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was and was not looked at, on the console page. Gaps of one kind stand together.
final class ConsoleCoverage {

  private static final int MOST_KINDS = 20;
  private static final int MOST_PLACES = 3;
  private static final int INDENT = 2;

  private ConsoleCoverage() {}

  private record Kind(String reason, String hint) {}

  static void write(ConsolePage page, Coverage coverage) {
    gaps(page, coverage.gaps());
    skipped(page, coverage.skipped());
  }

  private static void gaps(ConsolePage page, List<Gap> gaps) {
    if (gaps.isEmpty()) {
      return;
    }
    page.heading("Not looked at");
    Map<Kind, List<String>> kinds = new LinkedHashMap<>();
    for (Gap gap : gaps) {
      List<String> places =
          kinds.computeIfAbsent(new Kind(gap.reason(), gap.hint()), _ -> new ArrayList<>());
      if (gap.path() != null) {
        places.add(Words.place(gap));
      }
    }
    kinds.entrySet().stream()
        .limit(MOST_KINDS)
        .forEach(kind -> gap(page, kind.getKey(), kind.getValue()));
    if (kinds.size() > MOST_KINDS) {
      page.paragraph(
          INDENT,
          plain("… and %d kinds more: -f json shows all".formatted(kinds.size() - MOST_KINDS)));
    }
  }

  private static void gap(ConsolePage page, Kind kind, List<String> places) {
    String where =
        places.isEmpty()
            ? ""
            : String.join(", ", places.subList(0, Math.min(MOST_PLACES, places.size())))
                + (places.size() > MOST_PLACES
                    ? " and %d more".formatted(places.size() - MOST_PLACES)
                    : "")
                + ": ";
    page.entry(INDENT, "!", INDENT + 2, piece(Style.YELLOW, where + kind.reason()));
    page.paragraph(INDENT + 2, piece(Style.DIM, kind.hint()));
  }

  private static void skipped(ConsolePage page, List<Skip> skipped) {
    if (skipped.isEmpty()) {
      return;
    }
    page.heading("Left out on purpose");
    for (Skip skip : skipped) {
      page.paragraph(
          INDENT,
          plain(
              "%s: %d (%s), %s"
                  .formatted(skip.name(), skip.folders(), skip.example(), skip.reason())));
    }
  }
}
