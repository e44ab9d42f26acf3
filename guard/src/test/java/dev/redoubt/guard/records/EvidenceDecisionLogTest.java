// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Node;
import dev.redoubt.evidence.EntryReader;
import dev.redoubt.evidence.EvidenceFolder;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.StreamSource;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Program.Shell;
import dev.redoubt.guard.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceDecisionLogTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
  private static final Action RUN =
      new Action.Run(
          new Program.Line(Shell.BASH, "deploy --token s3cr3t-abc"),
          Path.of("/w"),
          Map.of("DB_PASSWORD", "hunter2", "MODE", "fast"),
          Action.Input.NOTHING);

  @TempDir private Path data;

  @Test
  void aDecisionIsWrittenWithoutTheValuesOfVariablesAndSecrets() throws Exception {
    try (EvidenceLog log = EvidenceLog.open(data, "guard", CLOCK)) {
      new EvidenceDecisionLog(log, "claude-code")
          .record(RUN, "built-in", new Decision.Deny("command.unknown", "not known", List.of()));
    }

    assertThat(payloads())
        .containsExactly(
            "{\"action\":\"run\",\"decision\":\"deny\",\"digest\":\""
                + ActionDigest.of(RUN)
                + "\",\"environment\":[\"DB_PASSWORD\",\"MODE\"],\"folder\":\"/w\","
                + "\"guard\":\"built-in\",\"input\":\"nothing\","
                + "\"line\":\"deploy --token ***\",\"reason\":\"not known\","
                + "\"rule\":\"command.unknown\",\"shell\":\"bash\"}");
  }

  @Test
  void aDecisionCanNameTheCommandItIsAbout() throws Exception {
    Action connect = new Action.Connect("tcp", "docs.example", 443);
    try (EvidenceLog log = EvidenceLog.open(data, "guard", CLOCK)) {
      new EvidenceDecisionLog(log, "egress")
          .about("command-7")
          .record(connect, "policy", new Decision.Allow("r", "fine"));
    }
    assertThat(payloads())
        .containsExactly(
            "{\"action\":\"connect\",\"command\":\"command-7\",\"decision\":\"allow\",\"digest\":\""
                + ActionDigest.of(connect)
                + "\",\"guard\":\"policy\",\"host\":\"docs.example\",\"port\":443,"
                + "\"reason\":\"fine\",\"rule\":\"r\",\"scheme\":\"tcp\"}");
  }

  @Test
  void scenario47WhatReallySurroundsACommandIsWrittenWholeAndNotMasked() throws Exception {
    String image = "sha256:3bca63756b78ea89a37783591257657a55dbd902e02f6519b2618fdf1c0626a7";
    try (EvidenceLog log = EvidenceLog.open(data, "guard", CLOCK)) {
      new EvidenceDecisionLog(log, "exec")
          .about("command-7")
          .surrounded("docker", Map.of("container.network", "none", "container.image.id", image));
    }
    assertThat(payloads("sandbox"))
        .containsExactly(
            "{\"command\":\"command-7\",\"facts\":{\"container.image.id\":\""
                + image
                + "\",\"container.network\":\"none\"},\"sandbox\":\"docker\"}");
  }

  @Test
  void theArgumentsOfAToolAreADigest() throws Exception {
    Node arguments = new Node.Obj(Map.of("text", new Node.Text("private", 1)), 1);
    try (EvidenceLog log = EvidenceLog.open(data, "guard", CLOCK)) {
      new EvidenceDecisionLog(log, "agent")
          .record(
              new Action.CallTool("files", "write", arguments),
              "built-in",
              new Decision.Allow("tool.known", "fine"));
    }
    assertThat(payloads().getFirst())
        .contains("\"tool\":\"write\"")
        .contains("\"argumentsDigest\":\"" + ActionDigest.of(arguments))
        .doesNotContain("private");
  }

  @Test
  void everyKindOfActionIsWritten() throws Exception {
    Path path = Path.of("/w/a");
    Decision fine = new Decision.Allow("r", "fine");
    try (EvidenceLog log = EvidenceLog.open(data, "guard", CLOCK)) {
      EvidenceDecisionLog decisions = new EvidenceDecisionLog(log, "agent");
      for (Action action :
          List.of(
              new Action.Read(path),
              new Action.Write(path, Content.of("x")),
              new Action.Delete(path),
              new Action.ListFolder(path),
              new Action.Search(path, "x"),
              new Action.Connect("tcp", "docs.example", 443),
              new Action.Fetch("GET", "https://docs.example/"),
              new Action.SendToModel("p", "eu"),
              new Action.LoadConfig(Action.ConfigKind.HOOK, path, "0".repeat(64)),
              new Action.StartServer("s", (Action.Run) RUN))) {
        decisions.record(action, "g", fine);
      }
      decisions.record("x".repeat(200), "g", fine);
      decisions.record("y".repeat(201), "g", fine);
    }
    List<String> payloads = payloads();
    assertThat(payloads.stream().map(payload -> payload.split("\"", 5)[3]))
        .containsExactly(
            "read",
            "write",
            "delete",
            "list",
            "search",
            "connect",
            "fetch",
            "send-to-model",
            "load-config",
            "start-server",
            "none",
            "none");
    assertThat(payloads.get(9)).contains("\"server\":\"s\"", "\"folder\":\"/w\"");
    assertThat(payloads.get(10)).contains("\"" + "x".repeat(200) + "\"");
    assertThat(payloads.get(11)).contains("\"" + "y".repeat(200) + "\"");
  }

  @Test
  void whatCannotBeWrittenDownIsNotPermitted() throws Exception {
    EvidenceLog log = EvidenceLog.open(data, "guard", CLOCK);
    Gate gate =
        new Gate(List.of(new Allowing()), Approver.NEVER, new EvidenceDecisionLog(log, "agent"));
    assertThat(gate.judge(RUN)).isInstanceOf(Verdict.Permitted.class);

    Path segment = data.resolve("evidence/guard/000001.jsonl");
    Files.delete(segment);
    Files.createDirectory(segment);

    assertThat(gate.judge(RUN))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> assertThat(refused.decision().rule()).isEqualTo("gate.log-failed"));
  }

  private List<String> payloads() throws Exception {
    return payloads("decision");
  }

  private List<String> payloads(String kind) throws Exception {
    List<String> payloads = new ArrayList<>();
    EntryReader.read(
        StreamSource.of(EvidenceFolder.in(data), "guard"),
        entry -> {
          if (entry.entry().kind().equals(kind)) {
            payloads.add(entry.payload());
          }
          return true;
        });
    return payloads;
  }

  private static final class Allowing implements Guard {

    @Override
    public String name() {
      return "allowing";
    }

    @Override
    public Decision review(Action action) {
      return new Decision.Allow("test", "fine");
    }
  }
}
