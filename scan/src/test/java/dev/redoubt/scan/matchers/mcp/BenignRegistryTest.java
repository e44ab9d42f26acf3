// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Finding;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanEngine;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.ScanProgress;
import dev.redoubt.scan.engine.ScanResult;
import dev.redoubt.scan.extractors.agents.DockerMcpRegistryExtractor;
import dev.redoubt.scan.matchers.BuiltInMatchers;
import dev.redoubt.secrets.Fingerprints;
import dev.redoubt.testkit.NeedsSharedData;
import dev.redoubt.testkit.SharedData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/* 174 definitions that people reviewed and use: what is high there is wrong unless it is justified. */
@NeedsSharedData
class BenignRegistryTest {

  /* "file rule" to the reason why the finding is right all the same. */
  private static final Map<String, String> JUSTIFIED = Map.of();

  private final ScanResult result =
      new ScanEngine(
              List.of(new DockerMcpRegistryExtractor(Fingerprints.NONE)),
              List.of(),
              BuiltInMatchers.all())
          .scan(
              List.of(FileTree.of(SharedData.path("mcp-registry/.."), ScanLimits.DEFAULT)),
              ScanProgress.NONE);

  @Test
  void everyDefinitionIsRead() {
    assertThat(result.inventory().servers()).extracting(McpServer::name).hasSize(174);
    assertThat(result.gaps())
        .allSatisfy(gap -> assertThat(gap.reason()).contains("without one exact version"));
  }

  @Test
  void everyHighFindingIsJustified() {
    Map<String, String> high = new TreeMap<>();
    for (Finding finding : result.findings()) {
      if (finding.rating().severity().compareTo(Severity.HIGH) <= 0) {
        String file = finding.locations().getFirst().path().replaceFirst(".*/", "");
        high.put(file + " " + finding.identity().id(), finding.proof().toString());
      }
    }
    assertThat(high).as("%s", high).containsOnlyKeys(JUSTIFIED.keySet());
  }
}
