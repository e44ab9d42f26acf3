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
  void secretsKnowOnlyTheModel() {
    check(
        "dev.redoubt.secrets..",
        "dev.redoubt.document..",
        "dev.redoubt.advisory..",
        "dev.redoubt.scan..",
        "dev.redoubt.evidence..",
        "dev.redoubt.guard..",
        "dev.redoubt.sandbox..",
        "dev.redoubt.cli..");
    check("dev.redoubt.model..", "dev.redoubt.secrets..");
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

  @Test
  void theGuardKnowsNobodyWhoUsesIt() {
    for (String module : new String[] {"dev.redoubt.guard..", "dev.redoubt.evidence.."}) {
      check(
          module,
          "dev.redoubt.advisory..",
          "dev.redoubt.scan..",
          "dev.redoubt.sandbox..",
          "dev.redoubt.cli..");
    }
    check("dev.redoubt.evidence..", "dev.redoubt.guard..");
    check(
        "dev.redoubt.sandbox..", "dev.redoubt.scan..", "dev.redoubt.agent..", "dev.redoubt.cli..");
  }

  @Test
  void theListenerKnowsNobodyWhoAnswers() {
    check(
        "dev.redoubt.http..",
        "dev.redoubt.document..",
        "dev.redoubt.scan..",
        "dev.redoubt.evidence..",
        "dev.redoubt.guard..",
        "dev.redoubt.sandbox..",
        "dev.redoubt.mcp..",
        "dev.redoubt.agent..",
        "dev.redoubt.cli..");
    check("dev.redoubt.guard..", "dev.redoubt.http..");
    check("dev.redoubt.sandbox..", "dev.redoubt.http..");
    check("dev.redoubt.scan..", "dev.redoubt.http..");
  }

  @Test
  void theProtocolKnowsNobodyWhoSpeaksIt() {
    check(
        "dev.redoubt.mcp..",
        "dev.redoubt.scan..",
        "dev.redoubt.sandbox..",
        "dev.redoubt.agent..",
        "dev.redoubt.cli..");
    check("dev.redoubt.mcp.rpc..", "dev.redoubt.mcp.client..", "dev.redoubt.mcp.pins..");
    check("dev.redoubt.mcp.client..", "dev.redoubt.mcp.pins..");
    check("dev.redoubt.mcp.server..", "dev.redoubt.mcp.client..", "dev.redoubt.mcp.pins..");
    check("dev.redoubt.mcp.rpc..", "dev.redoubt.mcp.server..");
    check("dev.redoubt.mcp.client..", "dev.redoubt.mcp.server..");
    check("dev.redoubt.sandbox..", "dev.redoubt.mcp..");
    check("dev.redoubt.guard..", "dev.redoubt.mcp..");
  }

  @Test
  void aRelayKnowsNoAgentAndItsFiltersNoEngine() {
    check("dev.redoubt.relay..", "dev.redoubt.scan..", "dev.redoubt.agent..", "dev.redoubt.cli..");
    check("dev.redoubt.relay.api..", "dev.redoubt.relay.engine..", "dev.redoubt.relay.filters..");
    check("dev.redoubt.relay.engine..", "dev.redoubt.relay.filters..", "dev.redoubt.relay.stdio..");
    check("dev.redoubt.relay.filters..", "dev.redoubt.relay.engine..", "dev.redoubt.relay.stdio..");
    check("dev.redoubt.agent..", "dev.redoubt.relay..");
    check("dev.redoubt.mcp..", "dev.redoubt.relay..");
  }

  @Test
  void theAgentKnowsNoCommandAndItsPluginsNoEngine() {
    check("dev.redoubt.agent..", "dev.redoubt.scan..", "dev.redoubt.cli..");
    for (String plugins :
        new String[] {
          "dev.redoubt.agent.models..",
          "dev.redoubt.agent.tools..",
          "dev.redoubt.agent.hooks..",
          "dev.redoubt.agent.skills..",
          "dev.redoubt.agent.commands..",
          "dev.redoubt.agent.extensions..",
          "dev.redoubt.agent.servers..",
          "dev.redoubt.agent.lsp..",
          "dev.redoubt.agent.search.."
        }) {
      check(plugins, "dev.redoubt.agent.engine..", "dev.redoubt.agent.sessions..");
      check("dev.redoubt.agent.engine..", plugins);
      check("dev.redoubt.agent.api..", plugins);
    }
    check("dev.redoubt.agent.models..", "dev.redoubt.agent.tools..");
    check("dev.redoubt.agent.tools..", "dev.redoubt.agent.models..");
    check("dev.redoubt.agent.sessions..", "dev.redoubt.agent.engine..");
  }

  @Test
  void eachStageOfADecisionKnowsOnlyTheOnesBeforeIt() {
    check(
        "dev.redoubt.guard.shell..",
        "dev.redoubt.guard.programs..",
        "dev.redoubt.guard.commands..",
        "dev.redoubt.guard.policy..");
    check(
        "dev.redoubt.guard.programs..",
        "dev.redoubt.guard.shell..",
        "dev.redoubt.guard.commands..",
        "dev.redoubt.guard.policy..");
    check(
        "dev.redoubt.guard.commands..",
        "dev.redoubt.guard.paths..",
        "dev.redoubt.guard.network..",
        "dev.redoubt.guard.policy..");
    check("dev.redoubt.guard.paths..", "dev.redoubt.guard.network..", "dev.redoubt.guard.policy..");
    check("dev.redoubt.guard.network..", "dev.redoubt.guard.paths..", "dev.redoubt.guard.policy..");
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
