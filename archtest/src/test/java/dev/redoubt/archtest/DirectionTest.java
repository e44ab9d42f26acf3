// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/// Data flows one way.
class DirectionTest {

  @Test
  void theModelKnowsNobody() {
    check("dev.redoubt.model..", "dev.redoubt.document..", "dev.redoubt.advisory..");
    check("dev.redoubt.model..", "dev.redoubt.scan..", "dev.redoubt.cli..");
  }

  @Test
  void documentsKnowNothingOfWhatTheyMean() {
    check(
        "dev.redoubt.document..",
        "dev.redoubt.model..",
        "dev.redoubt.advisory..",
        "dev.redoubt.scan..",
        "dev.redoubt.cli..");
  }

  @Test
  void advisoriesKnowNeitherScansNorCommands() {
    check("dev.redoubt.advisory..", "dev.redoubt.scan..", "dev.redoubt.cli..");
  }

  @Test
  void versionOrdersKnowNoAdvisory() {
    check(
        "dev.redoubt.advisory.versions..",
        "dev.redoubt.advisory.database..",
        "dev.redoubt.advisory.osv..",
        "dev.redoubt.advisory.intake..");
  }

  @Test
  void scansKnowNoCommand() {
    check("dev.redoubt.scan..", "dev.redoubt.cli..");
  }

  @Test
  void pluginsNeverSeeTheEngineOrWhatComesAfterThem() {
    for (String plugins :
        new String[] {"dev.redoubt.scan.extractors..", "dev.redoubt.scan.matchers.."}) {
      check(
          plugins,
          "dev.redoubt.scan.engine..",
          "dev.redoubt.scan.reach..",
          "dev.redoubt.scan.thresholds..",
          "dev.redoubt.scan.reports..");
    }
    check("dev.redoubt.scan.extractors..", "dev.redoubt.scan.matchers..");
    check("dev.redoubt.scan.matchers..", "dev.redoubt.scan.extractors..");
  }

  @Test
  void theEngineNamesNoPluginAndNothingThatComesAfterIt() {
    check(
        "dev.redoubt.scan.engine..",
        "dev.redoubt.scan.extractors..",
        "dev.redoubt.scan.matchers..",
        "dev.redoubt.scan.reach..",
        "dev.redoubt.scan.thresholds..",
        "dev.redoubt.scan.reports..");
  }

  @Test
  void eachStageOfAScanKnowsOnlyTheOnesBeforeIt() {
    check("dev.redoubt.scan.api..", "dev.redoubt.scan.engine..", "dev.redoubt.scan.reach..");
    check(
        "dev.redoubt.scan.reach..", "dev.redoubt.scan.thresholds..", "dev.redoubt.scan.reports..");
    check("dev.redoubt.scan.thresholds..", "dev.redoubt.scan.reports..");
  }

  private static void check(String from, String... to) {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(from)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(to);
    rule.allowEmptyShould(true).check(Code.CLASSES);
  }
}
