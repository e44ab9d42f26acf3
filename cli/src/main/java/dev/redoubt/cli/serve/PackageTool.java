// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import static java.util.Objects.requireNonNull;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.cli.Call;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.server.ServerAnswer;
import dev.redoubt.mcp.server.Tree;
import dev.redoubt.model.Component;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.PurlException;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.matchers.advisories.AdvisoryMatcher;
import java.util.List;
import java.util.Locale;

/// The tool that says what is known against a package before it is installed.
final class PackageTool {

  private final Call call;

  PackageTool(Call call) {
    this.call = requireNonNull(call, "call");
  }

  /// Returns what the advisories on this machine say. What they cannot tell is `unknown`, never
  /// nothing.
  ServerAnswer check(Node arguments) {
    Purl purl;
    try {
      purl = Purl.parse(Arguments.text(arguments, "purl").orElse(""));
    } catch (PurlException e) {
      return ServerAnswer.failed(
          "that is no package URL in the manner of pkg:npm/left-pad@1.3.0: " + e.getMessage());
    }
    Component component =
        Component.of(purl, Scope.PROD, Relation.DIRECT, new Location("purl", null));
    Matches matches =
        new AdvisoryMatcher(AdvisoryDatabase.open(call.globals().dataDir()))
            .match(Inventory.ofComponents(List.of(component)));
    return ServedTools.structured(
        new Tree()
            .and("purl", purl.toString())
            .and("verdict", verdict(purl, matches))
            .and(
                "findings",
                Shown.of(Tree.list(matches.findings().stream().map(PackageTool::of).toList())))
            .and(
                "gaps",
                Shown.of(Tree.list(matches.gaps().stream().map(PackageTool::of).toList()))));
  }

  private static String verdict(Purl purl, Matches matches) {
    if (matches.findings().stream().anyMatch(finding -> finding.kind() == Finding.Kind.MALICIOUS)) {
      return "malicious";
    }
    if (!matches.findings().isEmpty()) {
      return "vulnerable";
    }
    return matches.gaps().isEmpty() && purl.version() != null ? "nothing-known" : "unknown";
  }

  private static Node.Obj of(Finding finding) {
    Tree tree =
        new Tree()
            .and("id", finding.identity().id())
            .and("aliases", Tree.texts(finding.identity().aliases()))
            .and("kind", finding.kind().name().toLowerCase(Locale.ROOT))
            .and("severity", finding.rating().severity().name().toLowerCase(Locale.ROOT))
            .and("summary", finding.proof().summary());
    String fixed = finding.proof().fixed();
    if (fixed != null) {
      tree.and("fixed", fixed);
    }
    return tree.object();
  }

  private static Node.Obj of(Gap gap) {
    return new Tree().and("reason", gap.reason()).and("hint", gap.hint()).object();
  }
}
