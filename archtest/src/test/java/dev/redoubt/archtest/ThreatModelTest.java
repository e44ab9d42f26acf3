// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.archtest.ThreatModel.Claim;
import dev.redoubt.archtest.ThreatModel.Risk;
import dev.redoubt.archtest.ThreatModel.Surface;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Xml;
import dev.redoubt.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A claim without a test that passed is no claim.
class ThreatModelTest {

  private static final ThreatModel MODEL = ThreatModel.read();

  @Test
  void thePageIsMadeFromTheModel() {
    Golden.checkPage(ThreatModelPage.of(MODEL), "docs/threat-model.md");
  }

  @Test
  void idsAreUniqueAndEveryRiskHasASurface() {
    Set<String> surfaces = new HashSet<>();
    for (Surface surface : MODEL.surfaces()) {
      assertThat(surfaces.add(surface.id())).as(surface.id()).isTrue();
    }
    Set<String> risks = new HashSet<>();
    for (Risk risk : MODEL.risks()) {
      assertThat(risks.add(risk.id())).as(risk.id()).isTrue();
      assertThat(surfaces).as(risk.id()).contains(risk.surface());
    }
    assertThat(MODEL.surfaces())
        .allSatisfy(surface ->
            assertThat(MODEL.risks()).anyMatch(risk -> risk.surface().equals(surface.id())));
  }

  @Test
  void everyClaimHasAnAnchor() {
    List<String> bare = new ArrayList<>();
    for (Risk risk : MODEL.risks()) {
      assertThat(risk.claims().isEmpty() && risk.gaps().isEmpty()).as(risk.id()).isFalse();
      for (Claim claim : risk.claims()) {
        if (claim.anchors().isEmpty()) {
          bare.add(risk.id() + ": " + claim.text());
        }
      }
    }
    assertThat(bare).isEmpty();
  }

  @Test
  void everyAnchorIsATestThatPassed() throws Exception {
    Map<String, String> results = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (Risk risk : MODEL.risks()) {
      for (Claim claim : risk.claims()) {
        for (String anchor : claim.anchors()) {
          String result = results.computeIfAbsent(anchor, ThreatModelTest::result);
          if (!result.equals("passed")) {
            wrong.add("%s: %s %s".formatted(risk.id(), anchor, result));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /* The other modules are tested before this one, so their reports are of this build. A test whose
   * engine the machine does not have is left out there and said at the end of the build. */
  private static String result(String anchor) {
    int hash = anchor.indexOf('#');
    if (hash < 0) {
      return "names no method";
    }
    String type = anchor.substring(0, hash);
    String method = anchor.substring(hash + 1);
    if (type.startsWith("dev.redoubt.archtest.")) {
      return declares(type, method) ? "passed" : "does not exist";
    }
    Path report = null;
    try (Stream<Path> modules = Files.list(Code.ROOT)) {
      for (Path module : modules.sorted().toList()) {
        Path file = module.resolve("target/surefire-reports/TEST-" + type + ".xml");
        report = Files.exists(file) ? file : report;
      }
      return report == null ? "has no report: run ./build verify" : outcome(report, method);
    } catch (IOException e) {
      return "has an unreadable report: " + e.getMessage();
    }
  }

  private static String outcome(Path report, String method) throws IOException {
    String outcome = "does not exist";
    for (Xml.Element test : Xml.read(Files.readAllBytes(report), Limits.SCAN).children()) {
      String name = test.attributes().getOrDefault("name", "");
      if (test.name().equals("testcase")
          && (name.equals(method)
              || name.startsWith(method + "(")
              || name.startsWith(method + "{"))) {
        boolean failed =
            test.children().stream()
                .anyMatch(child -> child.name().equals("failure") || child.name().equals("error"));
        if (failed) {
          return "failed";
        }
        outcome = "passed";
      }
    }
    return outcome;
  }

  private static boolean declares(String type, String method) {
    try {
      Path source = Code.ROOT.resolve("archtest/src/test/java/" + type.replace('.', '/') + ".java");
      return Files.readString(source).contains("void " + method + "(");
    } catch (IOException e) {
      return false;
    }
  }
}
