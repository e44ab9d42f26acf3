// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The threat model as `docs/threat-model.yaml` has it.
///
/// @param surfaces where somebody can attack
/// @param risks what they can try there, and what is done about it
/// @param nonGoals what is not claimed
/// @param triggers when the model is looked at again
record ThreatModel(
    List<Surface> surfaces, List<Risk> risks, List<String> nonGoals, List<String> triggers) {

  /// A place where somebody can attack.
  record Surface(String id, String name, String who) {}

  /// Something somebody can try.
  ///
  /// @param attack what they do
  /// @param residual what is left when every claim holds
  /// @param gaps what is known to be missing
  record Risk(
      String id,
      String surface,
      String attack,
      List<Claim> claims,
      String residual,
      List<String> gaps) {}

  /// Something that is said to hold today, and what shows it.
  ///
  /// @param anchors tests, in the manner of `dev.redoubt.guard.GateTest#aFailingGuardDenies`
  record Claim(String text, List<String> anchors) {}

  private static final Set<String> RISK_KEYS =
      Set.of("id", "surface", "attack", "claims", "residual", "gaps");

  /// Returns the model of this checkout.
  static ThreatModel read() {
    try {
      byte[] bytes = Files.readAllBytes(Code.ROOT.resolve("docs/threat-model.yaml"));
      return of(Yaml.read(bytes, Limits.SCAN));
    } catch (DocumentException e) {
      throw new IllegalStateException("docs/threat-model.yaml:" + e.line(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ThreatModel of(Node root) {
    List<Surface> surfaces = new ArrayList<>();
    for (Node surface : root.items("surfaces")) {
      surfaces.add(new Surface(text(surface, "id"), text(surface, "name"), text(surface, "who")));
    }
    List<Risk> risks = new ArrayList<>();
    for (Node risk : root.items("risks")) {
      risks.add(risk(risk));
    }
    return new ThreatModel(surfaces, risks, texts(root, "non-goals"), texts(root, "triggers"));
  }

  private static Risk risk(Node risk) {
    for (String key : risk.fields().keySet()) {
      if (!RISK_KEYS.contains(key)) {
        throw new IllegalStateException(
            "docs/threat-model.yaml:%d: a risk has no \"%s\"".formatted(risk.line(), key));
      }
    }
    List<Claim> claims = new ArrayList<>();
    for (Node claim : risk.items("claims")) {
      claims.add(new Claim(text(claim, "text"), texts(claim, "anchors")));
    }
    return new Risk(
        text(risk, "id"),
        text(risk, "surface"),
        text(risk, "attack"),
        claims,
        text(risk, "residual"),
        texts(risk, "gaps"));
  }

  private static String text(Node node, String key) {
    return node.scalar(key)
        .filter(text -> !text.isBlank())
        .orElseThrow(() ->
            new IllegalStateException(
                "docs/threat-model.yaml:%d: no \"%s\"".formatted(node.line(), key)));
  }

  private static List<String> texts(Node node, String key) {
    return node.items(key).stream().map(item -> item.scalar().orElseThrow()).toList();
  }
}
