// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionCommandsTest {

  private static final String HOSTILE = "</pre><script>alert(1)</script>\n```\n# not a heading";

  @TempDir private Path folder;
  @TempDir private Path home;
  private String id = "";
  private String sent = "";

  @BeforeEach
  void begin() {
    Run run =
        run(
            List.of(
                call("write", "{\"path\":\"a.txt\",\"content\":\"one\\n\"}"),
                call("bash", "{\"command\":\"cat ~/.ssh/id_rsa\"}"),
                say(HOSTILE)),
            "run",
            "write a file",
            "--json");
    id = run.lastLine().replaceFirst(".*\"session\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void sessionsAreListedAndFoundWhateverBecameOfTheIndex() throws IOException {
    Path index = home.resolve(".local/share/redoubt/sessions/index.jsonl");

    assertThat(redoubt("session", "list").out()).contains(id, "done", "3 turns", "write a file");
    Files.writeString(index, "{\"id\":\"broken\"}\n");
    assertThat(redoubt("session", "list", "--json", "--here").out())
        .contains("\"id\":\"" + id, "\"status\":\"done\"", "\"inputTokens\":60");
    Files.delete(index);
    assertThat(redoubt("session", "search", "WRITE A").out()).startsWith(id);
    assertThat(redoubt("session", "search", "nowhere").exitCode()).isEqualTo(1);
    assertThat(redoubt("session", "cost").out())
        .contains("all: 3 turns, 60 tokens in (15 from a cache), 21 out");
  }

  @Test
  void whatAModelSaidCannotBecomePartOfAPage() {
    String html = redoubt("session", "export", id, "--format", "html").out();

    assertThat(html)
        .contains(
            "default-src 'none'",
            "&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
            "denied (path.sensitive.ssh)",
            "<span class=\"add\">+one</span>")
        .doesNotContain("<script");
    assertThat(redoubt("session", "export", id).out()).contains("````\n" + HOSTILE + "\n````");
    assertThat(redoubt("session", "show", id).out()).contains("write a file", "+one");
    assertThat(redoubt("session", "show", id, "--json").out()).contains("\"type\":\"tool-result\"");
  }

  @Test
  void aForkGoesOnByItself() {
    String fork = redoubt("session", "fork", id).out().strip();

    run(List.of(say("In the fork.")), "session", "resume", fork, "and now?");

    assertThat(sent).contains("write a file", "and now?");
    assertThat(redoubt("session", "show", id).out()).doesNotContain("and now?");
    assertThat(redoubt("evidence", "verify").exitCode()).isZero();
  }

  @Test
  void aNameIsShownAndADeletedSessionIsGone() {
    assertThat(redoubt("session", "rename", id.substring(0, 20), "my file").exitCode()).isZero();
    assertThat(redoubt("session", "list").out()).contains("my file");

    assertThat(redoubt("session", "delete", id).exitCode()).isZero();

    assertThat(redoubt("session", "list").out()).isEmpty();
    assertThat(redoubt("session", "show", id).exitCode()).isEqualTo(2);
    assertThat(redoubt("evidence", "show", "sessions", "--json").out())
        .contains("session-deleted", id);
  }

  @Test
  void aSessionThatSomebodyWorksOnIsLeftAlone() {
    SessionFolder sessions = new SessionFolder(home.resolve(".local/share/redoubt"));
    try (SessionLog log = SessionLog.open(sessions, new SessionId(id), Clock.systemUTC())) {
      assertThat(log.id().text()).isEqualTo(id);
      for (Run run :
          List.of(
              redoubt("session", "delete", id),
              redoubt("session", "rename", id, "x"),
              run(List.of(say("x")), "run", "x", "--resume", id))) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is open in process " + ProcessHandle.current().pid());
      }
    }
  }

  private Run run(List<Reply> replies, String... words) {
    try (ScriptedProvider provider =
        ScriptedProvider.start(Dialect.OPENAI_CHAT, replies.toArray(Reply[]::new))) {
      List<String> all = new ArrayList<>(List.of(words));
      all.addAll(List.of("--provider-url", provider.url(), "--model", "scripted"));
      Run run = redoubt(all.toArray(String[]::new));
      sent = provider.asked().isEmpty() ? "" : provider.asked().getLast().body();
      return run;
    }
  }

  private Run redoubt(String... words) {
    return new Terminal(folder, home).withVariable("OPENAI_API_KEY", "x").redoubt(words);
  }
}
