// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.cvss;

import static java.util.stream.Collectors.toSet;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The metrics of one version of CVSS, and the values each may have.
///
/// @param required what every vector has
/// @param optional what it may have
record CvssVector(Map<String, Set<String>> required, Map<String, Set<String>> optional) {

  static final CvssVector V2 =
      new CvssVector(
          metrics("AV:LAN AC:HML Au:MSN C:NPC I:NPC A:NPC"),
          lists(
              "E:U,POC,F,H,ND RL:OF,TF,W,U,ND RC:UC,UR,C,ND CDP:N,L,LM,MH,H,ND TD:N,L,M,H,ND"
                  + " CR:L,M,H,ND IR:L,M,H,ND AR:L,M,H,ND"));

  static final CvssVector V3 =
      new CvssVector(
          metrics("AV:NALP AC:LH PR:NLH UI:NR S:UC C:HLN I:HLN A:HLN"),
          metrics(
              "E:XUPFH RL:XOTWU RC:XURC CR:XLMH IR:XLMH AR:XLMH MAV:XNALP MAC:XLH MPR:XNLH MUI:XNR"
                  + " MS:XUC MC:XHLN MI:XHLN MA:XHLN"));

  static final CvssVector V4 =
      new CvssVector(
          metrics("AV:NALP AC:LH AT:NP PR:NLH UI:NPA VC:HLN VI:HLN VA:HLN SC:HLN SI:HLN SA:HLN"),
          withUrgency(
              metrics(
                  "E:XAPU CR:XHML IR:XHML AR:XHML MAV:XNALP MAC:XLH MAT:XNP MPR:XNLH MUI:XNPA"
                      + " MVC:XHLN MVI:XHLN MVA:XHLN MSC:XHLN MSI:XSHLN MSA:XSHLN"
                      + " S:XNP AU:XNY R:XAUI V:XDC RE:XLMH")));

  CvssVector {
    required = Map.copyOf(required);
    optional = Map.copyOf(optional);
  }

  /// Returns the values of `vector` by metric, or empty when it is not well-formed.
  ///
  /// @param vector without its version
  Optional<Map<String, String>> read(String vector) {
    Map<String, String> values = new HashMap<>();
    for (String metric : vector.split("/", -1)) {
      int colon = metric.indexOf(':');
      if (colon < 0) {
        return Optional.empty();
      }
      String name = metric.substring(0, colon);
      String value = metric.substring(colon + 1);
      Set<String> allowed = required.getOrDefault(name, optional.getOrDefault(name, Set.of()));
      if (!allowed.contains(value) || values.put(name, value) != null) {
        return Optional.empty();
      }
    }
    return values.keySet().containsAll(required.keySet()) ? Optional.of(values) : Optional.empty();
  }

  /* Values of one letter each. */
  private static Map<String, Set<String>> metrics(String definitions) {
    Map<String, Set<String>> metrics = new HashMap<>();
    for (String definition : definitions.split(" ", -1)) {
      int colon = definition.indexOf(':');
      Set<String> values =
          definition.substring(colon + 1).chars().mapToObj(Character::toString).collect(toSet());
      metrics.put(definition.substring(0, colon), values);
    }
    return metrics;
  }

  private static Map<String, Set<String>> lists(String definitions) {
    Map<String, Set<String>> metrics = new HashMap<>();
    for (String definition : definitions.split(" ", -1)) {
      int colon = definition.indexOf(':');
      metrics.put(
          definition.substring(0, colon), Set.of(definition.substring(colon + 1).split(",", -1)));
    }
    return metrics;
  }

  private static Map<String, Set<String>> withUrgency(Map<String, Set<String>> metrics) {
    metrics.put("U", Set.of("X", "Clear", "Green", "Amber", "Red"));
    return metrics;
  }
}
