// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import dev.redoubt.archtest.ThreatModel.Claim;
import dev.redoubt.archtest.ThreatModel.Risk;
import dev.redoubt.archtest.ThreatModel.Surface;

/// The threat model as people read it: `docs/threat-model.md`.
final class ThreatModelPage {

  private ThreatModelPage() {}

  /// Returns the page.
  static String of(ThreatModel model) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Threat model

        Made from [threat-model.yaml](threat-model.yaml); the build fails when the two differ, when a claim has no anchor, or when
        an anchor is not a test that passed. A claim says what holds today, never what is planned.

        ## Surfaces

        | surface | who is on the other side |
        |---|---|
        """);
    for (Surface surface : model.surfaces()) {
      page.append("| [%s](#%s) | %s |\n".formatted(surface.name(), surface.id(), surface.who()));
    }
    for (Surface surface : model.surfaces()) {
      page.append("\n<a id=\"%s\"></a>\n## %s\n".formatted(surface.id(), surface.name()));
      model.risks().stream()
          .filter(risk -> risk.surface().equals(surface.id()))
          .forEach(risk -> risk(page, risk));
    }
    page.append("\n## What is not claimed\n\n");
    model.nonGoals().forEach(text -> page.append("- ").append(text).append('\n'));
    page.append("\n## When this page is looked at again\n\n");
    model.triggers().forEach(text -> page.append("- ").append(text).append('\n'));
    return page.toString();
  }

  private static void risk(StringBuilder page, Risk risk) {
    page.append("\n### %s\n\n**Attack.** %s\n\n".formatted(risk.id(), risk.attack()));
    for (Claim claim : risk.claims()) {
      page.append("- ").append(claim.text()).append('\n');
      for (String anchor : claim.anchors()) {
        page.append("  - `").append(anchor).append("`\n");
      }
    }
    page.append("\n**What is left.** %s\n".formatted(risk.residual()));
    if (!risk.gaps().isEmpty()) {
      page.append("\n**Known gaps.**\n\n");
      risk.gaps().forEach(gap -> page.append("- ").append(gap).append('\n'));
    }
  }
}
