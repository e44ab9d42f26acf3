// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.archtest.Packaged.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a proxy in front of MCP servers has to stand, by the numbers of a catalogue of scenarios:
/// through the packaged launcher, with programs of their own and real streams.
class ProxyScenariosTest {

  @TempDir private Path world;
  private Packaged redoubt;
  private ToolServer server;

  @BeforeEach
  void lay() throws IOException {
    redoubt = Packaged.below(world);
    server = ToolServer.in(world.resolve("srv"), ToolServer.ECHO);
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
    try (ProxySession proxy = proxy("--deny", "tool:files/echo")) {
      assertThat(proxy.ask(2, "echo", "{}")).contains("-32001");
      proxy.send("[" + ProxySession.call(3, "echo", "{}") + "]");
      assertThat(proxy.answer("3")).contains("-32001");
      proxy.send(ProxySession.call(4, "echo", "{}").replace("\"id\":4", "\"id\":\"four\""));
      assertThat(proxy.answer("\"four\"")).contains("-32001");
      proxy.send(ProxySession.call(5, "echo", "{}").replace("\"id\":5,", ""));
      proxy.send(ProxySession.call(6, "echo", "{}").replace("\"id\":6,", "\"id\":6,\"id\":6,"));
      assertThat(proxy.answer("6")).contains("error");
      byte[] broken = (ProxySession.call(7, "echo", "{\"a\":\"?\"}") + "\n").getBytes(UTF_8);
      broken[new String(broken, UTF_8).indexOf('?')] = (byte) 0xff;
      proxy.send(broken);
      assertThat(proxy.answer("7")).contains("error");
      proxy.send(ProxySession.call(8, "echo", "{\"a\":\"" + "x".repeat(17 << 20) + "\"}"));
      assertThat(proxy.answer("8")).contains("error");
      assertThat(proxy.end()).isZero();
    }

    assertThat(server.calls()).isEmpty();
    String evidence = redoubt("evidence", "show", "proxy").out();
    // Three calls are denied by the rule; four messages are refused before there is a call.
    assertThat(evidence.lines().filter(line -> line.contains("\"tool\":\"echo\""))).hasSize(3);
    assertThat(
            evidence
                .lines()
                .filter(line ->
                    line.contains("\"rule\":\"relay.malformed\"") && line.contains("blocked")))
        .hasSize(4);
    assertThat(redoubt("evidence", "verify").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "effect = \"deny\"\naction = \"tool\"\nblocked_tools = [\"echo\"]",
        "effect = \"block\"\naction = \"tool\"",
        "effect = \"deny\"\naction = \"tool\"\nargs = { at = \"/a\", regex = \"(\" }",
        "effect = \"deny\""
      })
  void scenario35AMistakeInAPolicyStartsNothing(String rule) throws Exception {
    Path policy = Files.writeString(world.resolve("p.toml"), "[[guard.rules]]\n" + rule + "\n");
    Run run =
        redoubt(
            "proxy", "--policy", policy.toString(), "--", "sh", "-c", "touch " + world + "/ran");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("p.toml");
    assertThat(world.resolve("ran")).doesNotExist();
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
    try (ProxySession proxy = proxy("--deny", "tool:files/delete")) {
      for (int i = 0; i < spellings.size(); i++) {
        assertThat(proxy.ask(10 + i, "echo", spellings.get(i)))
            .as(spellings.get(i).substring(0, 20))
            .contains("\"code\":-32001");
      }
      assertThat(proxy.ask(30, "delete", "{}")).contains("\"code\":-32001");
      // The letter is Cyrillic.
      assertThat(proxy.ask(31, "d\u0435lete", "{}")).contains("\"code\":-32001");
      assertThat(proxy.end()).isZero();
    }
    assertThat(server.calls()).isEmpty();
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
  void scenario41AnApprovedCallPassesOnceAndTheEvidenceSaysWho() throws Exception {
    Path policy =
        Files.writeString(
            world.resolve("p.toml"),
            "[[guard.rules]]\neffect = \"ask\"\naction = \"tool\"\ntool = \"echo\"\n"
                + "reason = \"looked at\"\n");
    try (ProxySession proxy = proxy("--policy", policy.toString())) {
      String refused = proxy.ask(2, "echo", "{\"a\":1}");
      assertThat(refused).contains("redoubt relay approve ");
      String id = refused.replaceFirst(".*relay approve ([0-9a-f]{12}).*", "$1");
      assertThat(redoubt("relay", "approve", id).exitCode()).isZero();

      assertThat(proxy.ask(3, "echo", "{\"a\":2}")).contains("-32001");
      assertThat(proxy.ask(4, "echo", "{\"a\":1}")).contains("\"result\"");
      assertThat(proxy.ask(5, "echo", "{\"a\":1}")).contains("-32001");
      assertThat(proxy.end()).isZero();
    }
    assertThat(server.calls().lines()).hasSize(1);
    assertThat(redoubt("evidence", "show", "proxy").out())
        .contains("\"answer\":\"used\"", "\"by\"");
  }

  @Test
  void scenario42NoSpellingOfTheAddressOfMetadataPassesAsAnArgument() throws Exception {
    List<String> spellings =
        List.of(
            "http://169.254.169.254/latest",
            "http://2852039166/",
            "http://[::ffff:169.254.169.254]/",
            "http://0xa9.0xfe.0xa9.0xfe/");
    try (ProxySession proxy = proxy()) {
      for (int i = 0; i < spellings.size(); i++) {
        assertThat(proxy.ask(10 + i, "echo", "{\"url\":\"%s\"}".formatted(spellings.get(i))))
            .contains("\"rule\":\"net.");
      }
    }
    assertThat(server.calls()).isEmpty();
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
