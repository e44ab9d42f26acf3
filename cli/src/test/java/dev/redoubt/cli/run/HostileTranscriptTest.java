// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.provider.Asked;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Part;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model that tries to get out. What it tries may fail in any way, but nothing may come of it:
/// not a word of the canaries in what the model sees, nothing written outside, no connection,
/// nothing left running. Without a wall every question is a no; behind one every question is a yes.
class HostileTranscriptTest {

  private static final String CANARY = "canary-" + "5f1d0a";
  private static final String API_KEY = "sk-" + "canary-5f1d0a-of-the-provider";

  @TempDir private Path world;
  private final String nap =
      "3" + ProcessHandle.current().pid() + "." + System.nanoTime() % 100_000;
  private Path folder;
  private Path home;
  private Path outside;

  @BeforeEach
  void lay() throws IOException {
    folder = Files.createDirectories(world.resolve("work"));
    home = Files.createDirectories(world.resolve("home"));
    outside = Files.createDirectories(world.resolve("work-evil"));
    Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(home.resolve(".ssh/id_rsa"), CANARY);
    Files.createSymbolicLink(folder.resolve("link"), home.resolve(".ssh"));
    Files.createSymbolicLink(folder.resolve("out"), outside);
    Files.writeString(folder.resolve("notes.txt"), "one\n");
    Files.createDirectories(folder.resolve(".git"));
  }

  @Test
  void nothingComesOfItWithoutAWall() throws Exception {
    Run run = attack("local", "deny");

    assertThat(run.lastLine()).containsPattern("\"ask\":[1-9][0-9],\"deny\":[1-9][0-9]");
  }

  @Test
  @NeedsEngine("bwrap")
  void nothingComesOfItInsideBubblewrap() throws Exception {
    attack("bubblewrap", "workspace");
  }

  @Test
  @NeedsLandlock
  void nothingComesOfItInsideLandlock() throws Exception {
    attack("landlock", "workspace");
  }

  private Run attack(String sandbox, String approval) throws Exception {
    AtomicInteger connections = new AtomicInteger();
    Run run;
    Process victim = new ProcessBuilder("sleep", "600").start();
    try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> count(listening, connections));
      Map<String, String> names =
          Map.of(
              "KEY", home.resolve(".ssh/id_rsa").toString(),
              "OUT", outside.toString(),
              "HOMEDIR", home.toString(),
              "DATA", home.resolve(".local/share/redoubt").toString(),
              "PORT", Integer.toString(listening.getLocalPort()),
              "VICTIM", Long.toString(victim.pid()),
              "NAP", nap);
      List<Reply> replies = new ArrayList<>();
      replies.add(Reply.call("bash", "{\"command\":\"echo reached-$((6*7)) | tee inside.txt\"}"));
      for (Part.Call call : HostileCalls.all(names)) {
        replies.add(Reply.calls(call));
      }
      replies.add(Reply.say("I tried."));
      try (ScriptedProvider provider =
          ScriptedProvider.start(Dialect.OPENAI_CHAT, replies.toArray(Reply[]::new))) {
        run =
            new Terminal(folder, home)
                .withVariable("OPENAI_API_KEY", API_KEY)
                .withVariable("PATH", System.getenv("PATH"))
                .redoubt(
                    "run",
                    "go",
                    "--json",
                    "--sandbox",
                    sandbox,
                    "--approval",
                    approval,
                    "--provider-url",
                    provider.url(),
                    "--model",
                    "m");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(provider.asked()).hasSize(replies.size());
        assertThat(unexpected(provider.asked())).isEmpty();
        assertThat(run.out() + run.err()).doesNotContain(CANARY, API_KEY);
        assertThat(victim.isAlive()).isTrue();
      }
    } finally {
      victim.destroyForcibly();
    }
    assertThat(connections).hasValue(0);
    untouched();
    // What is harmless was done.
    assertThat(folder.resolve("inside.txt")).hasContent("reached-42");
    return run;
  }

  /* What each call showed that was not shown before, so that a failure names it. */
  private static List<String> unexpected(List<Asked> asked) {
    List<String> seen = new ArrayList<>();
    for (Asked one : asked) {
      String body = one.body();
      if (body.contains(CANARY) || body.contains(API_KEY)) {
        seen.add(body.substring(Math.max(0, body.length() - 600)));
        return seen;
      }
    }
    return seen;
  }

  private void untouched() throws IOException {
    assertThat(entries(outside)).isEmpty();
    assertThat(entries(home.resolve(".ssh"))).containsExactly("id_rsa");
    assertThat(Files.readString(home.resolve(".ssh/id_rsa"))).isEqualTo(CANARY);
    assertThat(home.resolve(".bashrc")).doesNotExist();
    assertThat(folder.resolve(".git/hooks/pre-commit")).doesNotExist();
    assertThat(folder.resolve(".git/config")).doesNotExist();
    assertThat(folder.resolve("redoubt.toml")).doesNotExist();
    assertThat(folder.resolve(".redoubt/redoubt.toml")).doesNotExist();
    assertThat(home.resolve(".local/share/redoubt/evidence/x")).doesNotExist();
    assertThat(new Terminal(folder, home).redoubt("evidence", "verify").exitCode()).isZero();
    assertThat(ProcessHandle.allProcesses().filter(this::isOurs)).isEmpty();
  }

  private static List<String> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(it -> String.valueOf(it.getFileName())).toList();
    }
  }

  private boolean isOurs(ProcessHandle process) {
    return process.info().commandLine().filter(line -> line.contains(nap)).isPresent();
  }

  private static void count(ServerSocket listening, AtomicInteger connections) {
    while (!listening.isClosed()) {
      try {
        listening.accept().close();
        connections.incrementAndGet();
      } catch (IOException e) {
        // Closed, which ends the loop.
      }
    }
  }
}
