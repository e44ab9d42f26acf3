// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.servers.ShellServer;
import dev.redoubt.sandbox.kernel.Pty;
import dev.redoubt.testkit.provider.Asked;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program on a real terminal: keys, Ctrl-C, words to a running turn.
class LineTerminalTest {

  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private static final String UP = "\u001bOA";
  private static final int PATIENCE = 90;

  @TempDir private Path folder;
  @TempDir private Path home;

  /* "wait" runs a command that would take a minute and leaves its number behind. */
  private static Reply answer(Asked asked) {
    String body = asked.body();
    int person = body.lastIndexOf("\"role\":\"user\"");
    if (body.lastIndexOf("\"role\":\"tool\"") > person) {
      return Reply.say("Waited.");
    }
    String prompt = body.substring(person);
    if (prompt.contains("wait")) {
      return Reply.call("bash", "{\"command\":\"echo $$ > pid; sleep 60\"}");
    }
    if (prompt.contains("hostile")) {
      return Reply.say("# Big\n\nbefore \u001b]0;owned\u0007\u001b[8m after **b**\n");
    }
    return Reply.say("Heard you.");
  }

  @Test
  void anEditedLineReachesTheModelAndCtrlCEndsOnlyTheTurn() throws Exception {
    try (ScriptedProvider provider =
            ScriptedProvider.start(Dialect.OPENAI_CHAT, (asked, _) -> answer(asked));
        Person person = new Person(provider, "xterm-256color")) {
      person.sees("> ").types("hello\u0017good day\u001b\rsecond line\r").sees("Heard you.");
      assertThat(last(provider)).contains("good day\\nsecond line");
      assertThat(last(provider)).doesNotContain("hello");

      person.sees("> ").types("/stat\t\r").sees("session:").sees("> ").types("be hostile\r");
      person.sees("<U+001B>]0;owned<U+0007><U+001B>[8m after");
      assertThat(person.shown()).contains("\u001b[1mBig").doesNotContain("\u001b]0;", "\u001b[8m");

      person.sees("> ").types("wait\r");
      long waiting = person.commandThatRuns();
      person.types("rather stop soon\r").sees("(said;").types(CTRL_C);
      person.sees("the turn was ended").sees("> ");
      assertThat(ProcessHandle.of(waiting).map(ProcessHandle::isAlive).orElse(false)).isFalse();

      person.types("\u0015and go on\r").sees("Heard you.").sees("> ").types(UP + " now\r");
      person.sees("Heard you.").sees("> ");
      assertThat(last(provider)).contains("good day", "wait", "and go on now");

      assertThat(person.types(CTRL_C).sees("again").types(CTRL_C).end()).isEqualTo(130);
    }
  }

  @Test
  void wordsToARunningTurnAreHeardBeforeTheNextAnswer() throws Exception {
    try (ScriptedProvider provider =
            ScriptedProvider.start(Dialect.OPENAI_CHAT, (asked, _) -> answer(asked));
        Person person = new Person(provider, "dumb")) {
      person.sees("> ").types("wait\n");
      long waiting = person.commandThatRuns();
      person.types("look elsewhere\n").sees("(said;");
      ProcessHandle.of(waiting).ifPresent(ProcessHandle::destroyForcibly);
      person.sees("the model hears: look elsewhere").sees("Heard you.").sees("> ");
      assertThat(last(provider)).contains("look elsewhere");

      person.types("wait\n");
      person.commandThatRuns();
      person.types(CTRL_C).sees("the turn was ended").sees("> ");
      assertThat(person.types(CTRL_D).end()).isZero();
      assertThat(person.shown()).doesNotContain("\u001b");
    }
  }

  @Test
  void ctrlCAtTheQuestionAboutAPlanLeavesWhenItIsPressedTwice() throws Exception {
    try (ScriptedProvider provider =
            ScriptedProvider.start(Dialect.OPENAI_CHAT, (asked, _) -> answer(asked));
        Person person = new Person(provider, "dumb")) {
      person.sees("> ").types("/plan something\n").sees("Carry this plan out? ").types(CTRL_C);
      person.sees("Ctrl-C again").sees("it stays a plan").sees("> ").types(CTRL_C);
      assertThat(person.end()).isEqualTo(130);
      assertThat(person.shown()).doesNotContain("ending the turn");
    }
  }

  @Test
  void serversThatCtrlCKeptFromStartingAreStartedWithTheNextPrompt() throws Exception {
    Path script = ShellServer.in(home.resolve("server"), ShellServer.tools("echo"));
    Path config = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config,
        """
        [mcp.servers.sh]
        command = "sh"
        args = ["-c", "if [ -e met ]; then exec sh %s; fi; : > met; echo $$ > pid; exec sleep 60"]
        """
            .formatted(script));
    try (ScriptedProvider provider =
            ScriptedProvider.start(Dialect.OPENAI_CHAT, (asked, _) -> answer(asked));
        Person person = new Person(provider, "dumb")) {
      person.sees("> ").types("first words\n");
      person.commandThatRuns();
      person.types(CTRL_C).sees("the turn was ended").sees("> ");

      person.types("second words\n").sees("Heard you.").sees("> ");
      assertThat(provider.asked().getLast().body()).contains("mcp__sh__echo");
      assertThat(last(provider)).contains("first words", "second words");
      person.types(CTRL_D).end();
    }
  }

  private static String last(ScriptedProvider provider) {
    String body = provider.asked().getLast().body();
    return body.substring(body.indexOf("\"role\":\"user\""));
  }

  /// The program on a terminal, and who sits there.
  private final class Person implements AutoCloseable {

    private final Pty pty = Pty.open(100, 40);
    private final StringBuilder shown = new StringBuilder();
    private final Process process;
    private int from;

    Person(ScriptedProvider provider, String type) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  // A build in the background ignores interrupts, and its children inherit that.
                  "env",
                  "--default-signal",
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "-Dredoubt.terminals=ioe",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.redoubt.cli.Main",
                  "--provider-url",
                  provider.url(),
                  "--model",
                  "scripted"));
      ProcessBuilder builder = new ProcessBuilder(pty.around(command)).directory(folder.toFile());
      builder.environment().clear();
      builder
          .environment()
          .putAll(
              java.util.Map.of(
                  "HOME", home.toString(),
                  "TERM", type,
                  "PATH", "/usr/bin:/bin",
                  "LC_ALL", "C.UTF-8",
                  "OPENAI_API_KEY", "x"));
      process = builder.start();
      Thread.ofPlatform().daemon().start(this::watch);
    }

    private void watch() {
      byte[] bytes = new byte[8192];
      try {
        for (int n = pty.output().read(bytes); n >= 0; n = pty.output().read(bytes)) {
          synchronized (shown) {
            shown.append(new String(bytes, 0, n, UTF_8));
            shown.notifyAll();
          }
        }
      } catch (IOException e) {
        // The terminal is closed.
      }
    }

    Person types(String keys) throws IOException {
      pty.input().write(keys.getBytes(UTF_8));
      return this;
    }

    Person sees(String text) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
      synchronized (shown) {
        for (int at = shown.indexOf(text, from); ; at = shown.indexOf(text, from)) {
          if (at >= 0) {
            from = at + text.length();
            return this;
          }
          long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (rest <= 0) {
            throw new AssertionError(
                "\"%s\" was not shown (%s) after:\n%s"
                    .formatted(text, process, shown.substring(from)));
          }
          shown.wait(rest);
        }
      }
    }

    String shown() {
      synchronized (shown) {
        return shown.toString();
      }
    }

    /* The number of the process that waits. */
    long commandThatRuns() throws Exception {
      Path pid = folder.resolve("pid");
      for (int i = 0; i < PATIENCE * 20; i++) {
        if (Files.exists(pid) && !Files.readString(pid).isBlank()) {
          long number = Long.parseLong(Files.readString(pid).strip());
          Files.delete(pid);
          return number;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
      throw new AssertionError("no command ran:\n" + shown());
    }

    int end() throws InterruptedException {
      assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      pty.close();
    }
  }
}
