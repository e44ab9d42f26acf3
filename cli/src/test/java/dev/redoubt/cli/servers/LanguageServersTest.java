// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageServersTest {

  /* Every line with "bad" is an error; names are defined in line 1. */
  private static final String SERVER =
      """
      let data = Buffer.alloc(0);
      const send = m => { const t = JSON.stringify({jsonrpc: '2.0', ...m});
        process.stdout.write(`Content-Length: ${Buffer.byteLength(t)}\\r\\n\\r\\n${t}`); };
      const check = (uri, text) => send({method: 'textDocument/publishDiagnostics', params: {uri,
        diagnostics: text.split('\\n').flatMap((l, i) => l.includes('bad') ? [{severity: 1, code: 'E1',
          message: 'this is\\n bad', range: {start: {line: i, character: l.indexOf('bad')}, end: {line: i, character: 0}}}] : [])}});
      const take = m => {
        if (m.method === 'initialize') send({id: m.id, result: {capabilities: {}}});
        else if (m.method === 'initialized') send({id: 'q', method: 'workspace/configuration', params: {items: [{}]}});
        else if (m.method === 'textDocument/didOpen') check(m.params.textDocument.uri, m.params.textDocument.text);
        else if (m.method === 'textDocument/didChange') check(m.params.textDocument.uri, m.params.contentChanges[0].text);
        else if (m.method === 'textDocument/definition') send({id: m.id, result: [{uri: m.params.textDocument.uri,
          range: {start: {line: 0, character: 4}}}]});
        else if (m.method === 'textDocument/documentSymbol') send({id: m.id, result: [{name: 'outer',
          selectionRange: {start: {line: 0, character: 0}}, children: [{name: 'inner', range: {start: {line: 2, character: 0}}}]}]});
        else if (m.id !== undefined && m.method) send({id: m.id, error: {code: -32601, message: 'not here'}});
      };
      process.stdin.on('data', d => { data = Buffer.concat([data, d]);
        for (;;) { const at = data.indexOf('\\r\\n\\r\\n'); if (at < 0) return;
          const n = +/Content-Length: (\\d+)/.exec(data.toString('utf8', 0, at))[1];
          if (data.length < at + 4 + n) return;
          take(JSON.parse(data.toString('utf8', at + 4, at + 4 + n))); data = data.subarray(at + 4 + n); } });
      """;

  @TempDir private Path folder;
  @TempDir private Path home;
  @TempDir private Path place;
  private final List<String> sent = new ArrayList<>();

  @Test
  @NeedsEngine("node")
  void whatAServerSaysStandsBehindAnEditAndCanBeAskedFor() throws IOException {
    Path script = Files.writeString(place.resolve("server.js"), SERVER);
    configure("node", "args = [\"%s\"]\ntimeout = 60\nstart-timeout = 60".formatted(script));

    Run run =
        run(
            call("write", "{\"path\":\"a.toy\",\"content\":\"good\\nso bad\\n\"}"),
            call("edit", "{\"path\":\"a.toy\",\"old_string\":\"so bad\",\"new_string\":\"fine\"}"),
            call(
                "lsp",
                "{\"operation\":\"definition\",\"path\":\"a.toy\",\"line\":2,\"symbol\":\"fine\"}"),
            call("lsp", "{\"operation\":\"symbols\",\"path\":\"a.toy\"}"),
            call("lsp", "{\"operation\":\"diagnostics\",\"path\":\"a.toy\"}"),
            call(
                "lsp",
                "{\"operation\":\"hover\",\"path\":\"a.toy\",\"line\":1,\"symbol\":\"good\"}"),
            call(
                "lsp",
                "{\"operation\":\"hover\",\"path\":\"a.toy\",\"line\":1,\"symbol\":\"gone\"}"),
            say("ok"));

    assertThat(run.exitCode()).isZero();
    assertThat(sent.get(1))
        .contains("Diagnostics of what lies there now:\\na.toy:2:4: error E1: this is bad");
    assertThat(latest(2)).contains("edited a.toy").doesNotContain("Diagnostics of");
    assertThat(latest(3)).contains("a.toy:1:5");
    assertThat(latest(4)).contains("outer (line 1)\\n  inner (line 3)");
    assertThat(latest(5)).contains("no errors and no warnings");
    assertThat(latest(6)).contains("the language server gave no answer: not here");
    assertThat(latest(7)).contains("give \\\"line\\\" and a \\\"symbol\\\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 60",
        "exit 3",
        "yes",
        "printf 'Content-Length: 99999999\\r\\n\\r\\n'; sleep 60",
        "printf 'Content-Length: 5\\r\\n\\r\\n{{{{{'; sleep 60",
      })
  void aServerThatIsOfNoUseStopsNoEdit(String line) throws IOException {
    configure(
        "sh",
        "args = [\"-c\", \"\"\"%s\"\"\"]\ntimeout = 1\nstart-timeout = 1"
            .formatted(line.replace("\\", "\\\\")));

    Run run =
        run(
            call("write", "{\"path\":\"a.toy\",\"content\":\"bad\\n\"}"),
            call("lsp", "{\"operation\":\"diagnostics\",\"path\":\"a.toy\"}"),
            say("ok"));

    assertThat(run.exitCode()).isZero();
    assertThat(sent.get(1)).contains("created a.toy").doesNotContain("Diagnostics of");
    assertThat(sent.getLast()).contains("no language server works for a.toy");
    assertThat(folder.resolve("a.toy")).hasContent("bad\n");
  }

  @Test
  void aDeniedServerStopsNoEditAndAFileWithoutOneIsLeftAlone() throws IOException {
    configure(
        "sh",
        """
        [[guard.rules]]
        effect = "deny"
        action = "start-server"
        server = "lsp-*"
        reason = "not here"
        """);

    Run run =
        run(
            call("write", "{\"path\":\"a.toy\",\"content\":\"bad\\n\"}"),
            call("write", "{\"path\":\"a.txt\",\"content\":\"bad\\n\"}"),
            say("ok"));

    assertThat(run.exitCode()).isZero();
    assertThat(sent.getLast()).contains("created a.toy", "created a.txt");
  }

  @Test
  void withoutServersThereIsNoTool() {
    run(say("ok"));

    assertThat(sent.getFirst()).doesNotContain("\"name\":\"lsp\"");
  }

  /* What the model is told last. */
  private String latest(int request) {
    String body = sent.get(request);
    return body.substring(body.lastIndexOf("\"role\":\"tool\""));
  }

  private void configure(String command, String more) throws IOException {
    Path config = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config,
        """
        [lsp]
        known = false
        [lsp.toy]
        command = "%s"
        files = ["*.toy"]
        %s
        """
            .formatted(command, more));
  }

  private Run run(Reply... replies) {
    try (ScriptedProvider provider = ScriptedProvider.start(Dialect.OPENAI_CHAT, replies)) {
      Run run =
          new Terminal(folder, home)
              .withVariable("OPENAI_API_KEY", "x")
              .withRealTime()
              .redoubt("run", "go", "--provider-url", provider.url(), "--model", "scripted");
      provider.asked().forEach(asked -> sent.add(asked.body()));
      return run;
    }
  }
}
