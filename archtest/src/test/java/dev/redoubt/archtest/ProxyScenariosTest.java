// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.archtest.Packaged.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a proxy in front of MCP servers has to stand, by the numbers of a catalogue of scenarios:
/// through the packaged launcher, with programs of their own and real streams.
class ProxyScenariosTest {

  /* A start takes a second of a processor: what leaves no mark on the others goes through one. */
  @TempDir private static Path shared;
  private static ToolServer reached;
  private static ProxySession running;

  @TempDir private Path world;
  private Packaged redoubt;
  private ToolServer server;

  @BeforeAll
  static void start() throws Exception {
    reached = ToolServer.in(shared.resolve("srv"), ToolServer.ECHO);
    Path policy =
        Files.writeString(
            shared.resolve("p.toml"),
            """
            [[guard.rules]]
            effect = "ask"
            action = "tool"
            tool = "asked"
            reason = "looked at"
            """);
    running =
        ProxySession.start(
            Packaged.below(shared),
            "--name",
            "files",
            "--policy",
            policy.toString(),
            "--deny",
            "tool:files/delete",
            "--deny",
            "tool:files/barred",
            "--",
            "sh",
            reached.script());
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(running.end()).isZero();
  }

  @BeforeEach
  void lay() throws IOException {
    redoubt = Packaged.below(world);
    server = ToolServer.in(world.resolve("srv"), ToolServer.ECHO);
  }

  private static List<String> reaching(String mark) throws IOException {
    return reached.calls().lines().filter(line -> line.contains(mark)).toList();
  }

  private ProxySession proxy(String... options) throws Exception {
    String[] words = new String[options.length + 5];
    words[0] = "--name";
    words[1] = "files";
    System.arraycopy(options, 0, words, 2, options.length);
    words[options.length + 2] = "--";
    words[options.length + 3] = "sh";
    words[options.length + 4] = server.script();
    return ProxySession.start(redoubt, words);
  }

  private Run redoubt(String... arguments) throws Exception {
    return redoubt.run(Map.of(), arguments);
  }

  @Test
  void scenario32TheEndOfTheInputEndsTheProxyAndTheServer() throws Exception {
    try (ProxySession proxy = proxy()) {
      assertThat(proxy.ask(2, "echo", "{}")).contains("\"result\"");
      List<ProcessHandle> started = proxy.process().descendants().toList();
      assertThat(started).isNotEmpty();

      assertThat(proxy.end()).isZero();
      proxy.await("the end of all", () -> started.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void scenario32TheEndOfTheServerIsTold() throws Exception {
    try (ProxySession proxy = proxy()) {
      assertThat(proxy.ask(2, "die", "{}")).contains("\"rule\":\"relay.server-lost\"");
      assertThat(proxy.ended()).isEqualTo(7);
    }
  }

  @Test
  void scenario33EveryShapeOfAMessageGetsTheSameVerdictAndOneEntry() throws Exception {
    ProxySession proxy = running;
    assertThat(proxy.ask(202, "barred", "{}")).contains("-32001");
    proxy.send("[" + ProxySession.call(203, "barred", "{}") + "]");
    assertThat(proxy.answer("203")).contains("-32001");
    proxy.send(ProxySession.call(204, "barred", "{}").replace("\"id\":204", "\"id\":\"four\""));
    assertThat(proxy.answer("\"four\"")).contains("-32001");
    proxy.send(ProxySession.call(205, "barred", "{}").replace("\"id\":205,", ""));
    proxy.send(
        ProxySession.call(206, "barred", "{}").replace("\"id\":206,", "\"id\":206,\"id\":206,"));
    assertThat(proxy.answer("206")).contains("error");
    byte[] broken = (ProxySession.call(207, "barred", "{\"a\":\"?\"}") + "\n").getBytes(UTF_8);
    broken[new String(broken, UTF_8).indexOf('?')] = (byte) 0xff;
    proxy.send(broken);
    assertThat(proxy.answer("207")).contains("error");
    proxy.send(ProxySession.call(208, "barred", "{\"a\":\"" + "x".repeat(17 << 20) + "\"}"));
    assertThat(proxy.answer("208")).contains("error");

    assertThat(reaching("barred")).isEmpty();
    Packaged same = Packaged.below(shared);
    String evidence = same.run(Map.of(), "evidence", "show", "proxy").out();
    // Three calls are denied by the rule; four messages are refused before there is a call.
    assertThat(evidence.lines().filter(line -> line.contains("\"tool\":\"barred\""))).hasSize(3);
    assertThat(
            evidence
                .lines()
                .filter(line ->
                    line.contains("\"rule\":\"relay.malformed\"") && line.contains("blocked")))
        .hasSize(4);
    assertThat(same.run(Map.of(), "evidence", "verify").exitCode()).isZero();
  }

  /* Each mistake has a test of its own where policies are read. */
  @Test
  void scenario35AMistakeInAPolicyStartsNothing() throws Exception {
    Path policy =
        Files.writeString(
            world.resolve("p.toml"),
            "[[guard.rules]]\neffect = \"deny\"\naction = \"tool\"\nblocked_tools = [\"echo\"]\n");
    Run run =
        redoubt(
            "proxy", "--policy", policy.toString(), "--", "sh", "-c", "touch " + world + "/ran");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("p.toml", "blocked_tools");
    assertThat(world.resolve("ran")).doesNotExist();
  }

  @Test
  void scenario35AChangedPolicyCountsFromTheNextMessageOnAndABrokenOneDoesNot() throws Exception {
    String denies =
        "[[guard.rules]]\neffect = \"deny\"\naction = \"tool\"\ntool = \"%s\"\nreason = \"no\"\n";
    Path own = Files.createDirectories(redoubt.home().resolve(".config/redoubt"));
    own = Files.writeString(own.resolve("redoubt.toml"), "# none\n");
    Path policy = Files.writeString(world.resolve("p.toml"), denies.formatted("first"));
    try (ProxySession proxy = proxy("--policy", policy.toString())) {
      assertThat(proxy.ask(2, "echo", "{}")).contains("\"result\"");
      Files.writeString(policy, denies.formatted("echo"));
      assertThat(proxy.ask(3, "echo", "{}")).contains("-32001");
      assertThat(proxy.ask(4, "first", "{}")).contains("\"result\"");

      Files.writeString(policy, denies.formatted("first") + "[[guard.rules]]\neffect = 1\n");
      assertThat(proxy.ask(5, "echo", "{}")).contains("-32001");
      Files.delete(policy);
      assertThat(proxy.ask(6, "echo", "{}")).contains("-32001");
      Files.writeString(
          own, "[[relay.limits]]\nname = \"few\"\ntool = \"first\"\ncalls-per-day = 1\n" + noon());
      assertThat(proxy.ask(7, "first", "{}")).contains("\"result\"");
      assertThat(proxy.ask(8, "first", "{}")).contains("\"rule\":\"limits.few\"");
      Files.writeString(policy, denies.formatted("first"));
      assertThat(proxy.ask(9, "echo", "{}")).contains("\"result\"");
      assertThat(proxy.end()).isZero();

      assertThat(proxy.errors().lines().filter(line -> line.contains("(policy.kept)")))
          .satisfiesExactly(
              broken -> assertThat(broken).contains("p.toml:7:"),
              gone -> assertThat(gone).contains("p.toml is gone"));
    }
    String evidence = redoubt("evidence", "show", "proxy").out();
    assertThat(evidence.lines().filter(line -> line.contains("\"rule\":\"policy.kept\"")))
        .hasSize(2);
    assertThat(evidence.lines().filter(line -> line.contains("\"state\":\"changed\""))).hasSize(3);
    assertThat(redoubt("evidence", "verify").exitCode()).isZero();
  }

  /* A zone where no day ends soon. */
  private static String noon() {
    int hours = 12 - LocalTime.now(ZoneOffset.UTC).getHour();
    return "zone = \"%s\"\n".formatted(ZoneOffset.ofHours(hours).getId());
  }

  @Test
  void twoProxiesShareTheCallsOfADay() throws Exception {
    Path own = Files.createDirectories(redoubt.home().resolve(".config/redoubt"));
    Files.writeString(
        own.resolve("redoubt.toml"),
        "[[relay.limits]]\nname = \"few\"\ncalls-per-day = 4\n" + noon());
    List<String> answers = new ArrayList<>();
    try (ProxySession one = proxy();
        ProxySession other = proxy()) {
      assertThat(one.process().pid()).isNotEqualTo(other.process().pid());
      for (int id = 2; id < 6; id++) {
        one.send(ProxySession.call(id, "echo", "{}"));
        other.send(ProxySession.call(id, "echo", "{}"));
      }
      for (int id = 2; id < 6; id++) {
        answers.add(one.answer(String.valueOf(id)));
        answers.add(other.answer(String.valueOf(id)));
      }
    }
    try (ProxySession later = proxy()) {
      assertThat(later.ask(9, "echo", "{}")).contains("\"rule\":\"limits.few\"");
    }
    assertThat(answers.stream().filter(answer -> answer.contains("\"result\""))).hasSize(4);
    assertThat(answers.stream().filter(answer -> answer.contains("\"rule\":\"limits.few\"")))
        .hasSize(4);
    assertThat(server.calls().lines()).hasSize(4);
  }

  @Test
  void scenario36NoSpellingOfAnArgumentOrAToolGetsPastADeny() throws Exception {
    String secret = "/root/.ssh/id_rsa";
    List<String> spellings =
        List.of(
            "{\"path\":\"%s\"}".formatted(secret),
            "{\"deep\":[{\"er\":{\"path\":\"%s\"}}]}".formatted(secret),
            "{\"text\":\"%s\",\"path\":\"%s\"}".formatted("x ".repeat(6_000), secret),
            "{\"path\":\"/root/%2essh/id_rsa\"}",
            "{\"path\":\"/root/.s\u200bsh/id_rsa\"}",
            "{\"path\":\"/root/x/../.ssh/id_rsa\"}");
    for (int i = 0; i < spellings.size(); i++) {
      assertThat(running.ask(310 + i, "spelt", spellings.get(i)))
          .as(spellings.get(i).substring(0, 20))
          .contains("\"code\":-32001");
    }
    assertThat(running.ask(330, "delete", "{}")).contains("\"code\":-32001");
    // The letter is Cyrillic.
    assertThat(running.ask(331, "d\u0435lete", "{}")).contains("\"code\":-32001");
    assertThat(reaching("spelt")).isEmpty();
    assertThat(reaching("lete")).isEmpty();
  }

  @Test
  void scenario37ToolsThatChangeAreBlockedAndThePinsOutliveARestart() throws Exception {
    String kept =
        "{\"name\":\"kept\",\"description\":\"K.\",\"inputSchema\":{\"type\":\"object\"}}";
    String shaped = kept.replace("kept", "shaped");
    server.offers(ToolServer.ECHO + "," + kept + "," + shaped + "," + kept.replace("kept", "gone"));
    try (ProxySession proxy = proxy()) {
      assertThat(proxy.ask(2, "echo", "{}")).contains("\"result\"");
      assertThat(proxy.end()).isZero();
    }
    server.offers(
        ToolServer.ECHO.replace("again", "twice")
            + ","
            + kept
            + ","
            + shaped.replace("\"object\"", "\"object\",\"required\":[\"key\"]")
            + ","
            + kept.replace("kept", "added"));
    try (ProxySession proxy = proxy()) {
      proxy.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
      assertThat(proxy.answer("2"))
          .contains("\"kept\"")
          .doesNotContain("\"echo\"", "\"shaped\"", "\"added\"");
      assertThat(proxy.ask(3, "echo", "{}")).contains("\"rule\":\"pins.changed\"");
      assertThat(proxy.ask(4, "shaped", "{}")).contains("\"rule\":\"pins.changed\"");
      assertThat(proxy.ask(5, "added", "{}")).contains("\"rule\":\"pins.changed\"");
      assertThat(proxy.ask(6, "kept", "{}")).contains("\"result\"");
      assertThat(proxy.end()).isZero();
    }
    assertThat(redoubt("evidence", "show", "proxy").out())
        .contains("gone: there no more", "added: new", "Says it twice.", "/inputSchema/required");
  }

  @Test
  void scenario40AStopHoldsInEveryProxyFromTheNextMessageOn() throws Exception {
    try (ProxySession one = proxy();
        ProxySession other = proxy()) {
      assertThat(one.ask(2, "echo", "{}")).contains("\"result\"");
      assertThat(other.ask(2, "echo", "{}")).contains("\"result\"");
      assertThat(redoubt("relay", "stop", "--all", "--reason", "drill").exitCode()).isZero();

      assertThat(one.ask(3, "echo", "{}")).contains("\"rule\":\"relay.stopped\"");
      assertThat(other.ask(3, "echo", "{}")).contains("\"rule\":\"relay.stopped\"");
      assertThat(redoubt("relay", "lift", "--all").exitCode()).isZero();
      assertThat(one.ask(4, "echo", "{}")).contains("\"result\"");
    }
    assertThat(server.calls().lines()).hasSize(3);
  }

  @Test
  void scenario41AnApprovedCallPassesOnceAndInTimeAndTheEvidenceSaysWho() throws Exception {
    Packaged same = Packaged.below(shared);
    approve(same, running.ask(602, "asked", "{\"a\":1}"), "15m");
    assertThat(running.ask(603, "asked", "{\"a\":2}")).contains("-32001");
    assertThat(running.ask(604, "asked", "{\"a\":1}")).contains("\"result\"");
    assertThat(running.ask(605, "asked", "{\"a\":1}")).contains("-32001");
    assertThat(reaching("asked")).hasSize(1);

    approve(same, running.ask(606, "asked", "{\"late\":1}"), "1s");
    Instant over = Instant.now().plusMillis(1_100);
    running.await("the end of the approval", () -> Instant.now().isAfter(over));
    assertThat(running.ask(607, "asked", "{\"late\":1}")).contains("-32001");
    assertThat(reaching("asked")).hasSize(1);
    assertThat(same.run(Map.of(), "evidence", "show", "proxy").out())
        .contains("\"answer\":\"used\"", "\"by\"");
  }

  private static void approve(Packaged same, String refused, String time) throws Exception {
    assertThat(refused).contains("redoubt relay approve ");
    String id = refused.replaceFirst(".*relay approve ([0-9a-f]{12}).*", "$1");
    Run run = same.run(Map.of(), "relay", "approve", id, "--for", time);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void scenario42NoSpellingOfTheAddressOfMetadataPassesAsAnArgument() throws Exception {
    List<String> spellings =
        List.of(
            "http://169.254.169.254/latest",
            "http://2852039166/",
            "http://[::ffff:169.254.169.254]/",
            "http://0xa9.0xfe.0xa9.0xfe/");
    for (int i = 0; i < spellings.size(); i++) {
      assertThat(running.ask(710 + i, "fetched", "{\"url\":\"%s\"}".formatted(spellings.get(i))))
          .contains("\"rule\":\"net.");
    }
    assertThat(reaching("fetched")).isEmpty();
  }

  @Test
  void scenario43WhatCannotBeLookedAtOrWrittenDownBlocks() throws Exception {
    try (ProxySession proxy = proxy()) {
      assertThat(proxy.ask(2, "echo", "{}")).contains("\"result\"");
      Path data = redoubt.home().resolve(".local/share/redoubt");
      Path stops = Files.createDirectories(data.resolve("relay")).resolve("stops");
      Files.deleteIfExists(stops);
      Files.writeString(stops, "no folder");
      assertThat(proxy.ask(3, "echo", "{}")).contains("\"rule\":\"relay.stopped\"");
      Files.delete(stops);
      assertThat(proxy.ask(4, "echo", "{}")).contains("\"result\"");
      Path stream = data.resolve("evidence/proxy");
      Files.move(stream, data.resolve("moved"));
      Files.writeString(stream, "no folder");
      assertThat(proxy.ask(5, "echo", "{}")).contains("\"error\"");
    }
    assertThat(server.calls().lines()).hasSize(2);
  }
}
