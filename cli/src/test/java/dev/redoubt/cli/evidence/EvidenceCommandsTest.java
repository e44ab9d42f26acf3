// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceCommandsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-15T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private Terminal terminal;
  private Path data;

  @BeforeEach
  void write() {
    terminal = new Terminal(folder, folder);
    data = folder.resolve(".local/share/redoubt");
    append("guard", 3);
    append("run", 1);
  }

  private void append(String stream, int count) {
    try (EvidenceLog log = EvidenceLog.open(data, stream, CLOCK)) {
      for (int i = 0; i < count; i++) {
        log.append(
            new Event(
                "decision",
                "guard",
                new Payload().text("line", "ls --token abc").number("n", i).object()));
      }
    }
  }

  private Path segment() {
    return data.resolve("evidence/guard/000001.jsonl");
  }

  @Test
  void theStreamsAreListed() {
    Terminal.Run run = terminal.redoubt("evidence", "list");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll("[0-9,]+ bytes", "N bytes")))
        .containsExactly(
            "guard: 5 entries, N bytes, 2026-06-15T12:00:00Z to 2026-06-15T12:00:00Z, sealed",
            "run: 3 entries, N bytes, 2026-06-15T12:00:00Z to 2026-06-15T12:00:00Z, sealed");
    assertThat(json("evidence", "list", "--json").items("streams")).hasSize(2);
  }

  @Test
  void withoutEvidenceNothingIsWrong(@TempDir Path empty) {
    Terminal fresh = new Terminal(empty, empty);
    for (String command : List.of("list", "verify", "head", "keys", "show")) {
      assertThat(fresh.redoubt("evidence", command).exitCode()).as(command).isZero();
    }
  }

  @Test
  void anEntryIsShown() {
    assertThat(terminal.redoubt("evidence", "show", "guard", "--seq", "2").out())
        .isEqualTo("2 2026-06-15T12:00:00Z decision guard {\"line\":\"ls --token ***\",\"n\":0}\n");
    assertThat(json("evidence", "show", segment().toString(), "--seq", "2", "--json").text("kind"))
        .contains("decision");
    assertThat(terminal.redoubt("evidence", "show", "guard", "--seq", "99").exitCode()).isOne();
    assertThat(terminal.redoubt("evidence", "show", "nowhere").exitCode()).isEqualTo(4);
  }

  @Test
  void anIntactFolderFileOrStreamVerifies() {
    for (String target :
        List.of("guard", segment().toString(), segment().getParent().toString(), data.toString())) {
      Terminal.Run run = terminal.redoubt("evidence", "verify", target);
      assertThat(run.exitCode()).as(target).isZero();
      assertThat(run.out()).contains("guard: intact, 5 entries, 1 checkpoints, 0 recoveries");
    }
    assertThat(terminal.redoubt("evidence", "verify").out().lines()).hasSize(2);
  }

  @Test
  void theFirstBadEntryIsNamed() throws IOException {
    List<String> lines = Files.readAllLines(segment());
    Files.writeString(segment(), String.join("\n", lines).replace("\"n\":1", "\"n\":7") + "\n");

    Terminal.Run run = terminal.redoubt("evidence", "verify", "guard");
    assertThat(run.exitCode()).isOne();
    assertThat(run.out().lines().findFirst())
        .contains("guard/000001.jsonl:3 3 its hash is not that of its bytes");
    Node stream = json("evidence", "verify", "guard", "--json").items("streams").getFirst();
    assertThat(stream.get("broken").orElseThrow().scalar("seq")).contains("3");
  }

  @Test
  void aRollBackIsFoundByTheHead() throws IOException {
    String head = terminal.redoubt("evidence", "head", "guard").out().split(" ", -1)[0];
    List<String> good = Files.readAllLines(segment());
    append("guard", 1);
    assertThat(terminal.redoubt("evidence", "verify", "--head", head).exitCode()).isZero();
    String later = terminal.redoubt("evidence", "head", "guard").out().split(" ", -1)[0];

    Files.writeString(segment(), String.join("\n", good) + "\n");
    assertThat(terminal.redoubt("evidence", "verify").exitCode()).isZero();
    assertThat(terminal.redoubt("evidence", "verify", "--head", later).exitCode()).isOne();
    assertThat(terminal.redoubt("evidence", "verify", "--head", "abc").exitCode()).isEqualTo(2);
  }

  @Test
  void onlyTheKeysGivenAreBelieved(@TempDir Path other) throws IOException {
    String pem = terminal.redoubt("evidence", "keys", "--export").out();
    Path key = Files.writeString(folder.resolve("redoubt.pub.pem"), pem);
    try (EvidenceLog log = EvidenceLog.open(other, "guard", CLOCK)) {
      log.append(new Event("decision", "guard", new Payload().object()));
    }
    Path foreign = other.resolve("evidence/guard");

    assertThat(terminal.redoubt("evidence", "verify", "--key", key.toString()).exitCode()).isZero();
    assertThat(
            terminal
                .redoubt("evidence", "verify", foreign.toString(), "--key", key.toString())
                .exitCode())
        .isOne();
    assertThat(terminal.redoubt("evidence", "verify", "--key", segment().toString()).exitCode())
        .isEqualTo(2);
  }

  @Test
  void whatCannotBeReadEndsWithFour() {
    assertThat(terminal.redoubt("evidence", "verify", "nowhere.jsonl").exitCode()).isEqualTo(4);
    assertThat(terminal.redoubt("evidence", "verify", "--proof", "nowhere").exitCode())
        .isEqualTo(4);
    assertThat(terminal.redoubt("evidence", "verify", "--key", "nowhere").exitCode()).isEqualTo(4);
  }

  @Test
  void aBundleVerifiesByItself(@TempDir Path other) throws IOException {
    assertThat(terminal.redoubt("evidence", "export", "-o", "evidence.zip").exitCode()).isZero();
    Terminal elsewhere = new Terminal(other, other);

    Terminal.Run run =
        elsewhere.redoubt("evidence", "verify", folder.resolve("evidence.zip").toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("guard: intact").contains("run: intact");
  }

  @Test
  void anEntryIsProved() {
    assertThat(terminal.redoubt("evidence", "prove", "guard:3", "-o", "p.json").exitCode())
        .isZero();
    assertThat(terminal.redoubt("evidence", "verify", "--proof", "p.json").out())
        .startsWith("entry 3 is in stream guard: key ");
    assertThat(terminal.redoubt("evidence", "prove", "guard:5").exitCode()).isOne();
    assertThat(terminal.redoubt("evidence", "prove", "zz").exitCode()).isEqualTo(2);
  }

  @Test
  void aProofOfAnotherEntryDoesNotHold() throws IOException {
    terminal.redoubt("evidence", "prove", "guard:3", "-o", "p.json");
    Path proof = folder.resolve("p.json");
    Files.writeString(proof, Files.readString(proof).replace("\\\"n\\\":1", "\\\"n\\\":8"));

    Terminal.Run run = terminal.redoubt("evidence", "verify", "--proof", "p.json");
    assertThat(run.exitCode()).isOne();
    assertThat(run.out()).contains("its hash is not that of its bytes");
  }

  @Test
  void theLastEntriesAreShown() {
    assertThat(terminal.redoubt("evidence", "tail", "guard", "-n", "2").out().lines())
        .hasSize(2)
        .last()
        .asString()
        .contains("checkpoint");
    assertThat(terminal.redoubt("evidence", "tail").exitCode()).isEqualTo(2);
  }

  @Test
  void entriesAreExportedAsOpenTelemetryLogs() throws IOException {
    assertThat(
            terminal
                .redoubt("evidence", "export", "guard", "--format", "otlp", "-o", "logs.jsonl")
                .exitCode())
        .isZero();
    assertThat(Files.readString(folder.resolve("logs.jsonl")))
        .startsWith("{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\"")
        .contains("\"timeUnixNano\":\"1781524800000000000\"");
  }

  @Test
  void aNewKeyIsIntroducedToEveryStream() {
    assertThat(terminal.redoubt("evidence", "keys", "rotate").exitCode()).isZero();

    Node keys = json("evidence", "keys", "--json");
    assertThat(keys.items("keys")).hasSize(2);
    Node report = json("evidence", "verify", "--json");
    assertThat(report.isTrue("intact")).isTrue();
    for (Node stream : report.items("streams")) {
      assertThat(stream.items("keys")).hasSize(2);
    }
  }

  private Node json(String... arguments) {
    try {
      return Json.read(terminal.redoubt(arguments).out().getBytes(UTF_8), Limits.SCAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
