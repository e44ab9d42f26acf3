// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static dev.redoubt.sandbox.egress.TestEgress.talk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.sandbox.network.ScriptedServer;
import dev.redoubt.sandbox.network.TestNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributionTest {

  @TempDir private Path data;

  @Test
  void everyRequestIsInTheLogUnderItsCommand() throws Exception {
    TestNet net = new TestNet().name("docs.example", "93.184.216.34");
    try (EvidenceLog log = EvidenceLog.open(data, "exec", Clock.systemUTC());
        ScriptedServer server =
            ScriptedServer.plain(ScriptedServer.says("HTTP/1.1 204 No Content\n\n"));
        TestEgress egress = new TestEgress(net).allow("docs.example")) {
      net.server("93.184.216.34:80", server.port());
      egress.evidence = new EvidenceDecisionLog(log, "exec").about("command-7");
      EgressProxy proxy = egress.onPort();

      talk(
          proxy,
          "GET http://docs.example/?token=s3cr3t-Abc123XYZ HTTP/1.1|Host: docs.example|{pass}|"
              + "GET http://other.example/ HTTP/1.1|Host: other.example|{pass}|");
    }

    assertThat(decisions())
        .hasSize(2)
        .allMatch(line -> line.contains("\"command\":\"command-7\""))
        .noneMatch(line -> line.contains("s3cr3t"))
        .first()
        .asString()
        .contains("\"decision\":\"allow\"", "\"method\":\"GET\"", "http://docs.example/");
    assertThat(decisions().getLast())
        .contains("\"decision\":\"ask\"", "\"rule\":\"net.unresolved\"", "http://other.example/");
  }

  private List<String> decisions() throws Exception {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .flatMap(AttributionTest::lines)
          .filter(line -> line.contains("\"decision\""))
          .toList();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
