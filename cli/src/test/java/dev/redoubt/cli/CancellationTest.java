// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program in a process of its own that is told to end by real signals.
class CancellationTest {

  private static final long PATIENCE = 120;
  /* What is started does not hear the signal itself, and leaves another process behind. */
  private static final String ENDLESS =
      "trap '' INT TERM HUP; echo theirs > made; sleep 600 & echo $! > left; echo $$ > pid; wait";

  @TempDir private Path folder;
  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void aSignalEndsTheCommandAndItsTurn(String signal) throws Exception {
    Process redoubt =
        start(
            List.of("-Dredoubt.terminals="),
            List.of("exec", "--approval", "allow", "--report", "out.json", "--", "sh", "-c"),
            ENDLESS);
    List<ProcessHandle> theirs = List.of(process("pid"), process("left"));

    assertThat(signalled(redoubt, signal)).isEqualTo(130);

    assertThat(theirs).noneMatch(ProcessHandle::isAlive);
    assertThat(Files.readString(folder.resolve("out.json")))
        .contains("\"exitCode\":130", "\"outcome\":\"cut\"");
    assertThat(redoubt("evidence", "show", "exec", "--json").out())
        .contains("\"kind\":\"outcome\"", "\"outcome\":\"cut\"");
    theirsGoesAndMineStays();
  }

  @Test
  @NeedsEngine("bwrap")
  void behindAWallASignalAlsoLeavesNothingForOtherProgramsToRun() throws Exception {
    Files.writeString(
        folder.resolve("made.sh"),
        "mkdir sub; echo '{}' > sub/.mcp.json; echo $$ > pid; sleep 600 & wait");
    Process redoubt =
        start(
            List.of(),
            List.of("exec", "--sandbox", "bubblewrap", "--approval", "workspace", "--", "sh"),
            "./made.sh");
    process("pid");

    assertThat(signalled(redoubt, "TERM")).isEqualTo(130);

    assertThat(folder.resolve("sub/.mcp.json")).doesNotExist();
    assertThat(redoubt("undo", "--list").out()).doesNotContain("not ended").contains("made.sh");
  }

  @Test
  void aSignalEndsARunAndItsTurn() throws Exception {
    String arguments = "{\"command\":\"%s\"}".formatted(ENDLESS);
    try (ScriptedProvider provider =
        ScriptedProvider.start(Dialect.OPENAI_CHAT, (asked, _) -> Reply.call("bash", arguments))) {
      Process redoubt =
          start(
              List.of(),
              List.of("run", "--model", "scripted", "--approval", "allow", "--provider-url"),
              provider.url(),
              "--json",
              "wait");
      List<ProcessHandle> theirs = List.of(process("pid"), process("left"));

      assertThat(signalled(redoubt, "TERM")).isEqualTo(130);

      assertThat(theirs).noneMatch(ProcessHandle::isAlive);
      assertThat(Files.readString(home.resolve("out")))
          .contains("\"type\":\"result\"", "\"status\":\"cancelled\"", "\"made\"");
      theirsGoesAndMineStays();
    }
  }

  @Test
  void aSignalInsteadOfAnAnswerIsWrittenDown() throws Exception {
    Process redoubt =
        start(
            List.of("-Dredoubt.terminals=ie"),
            List.of("exec", "--report", "out.json", "--", "npm"),
            "publish");
    text(home.resolve("err"), "Do it once?");

    assertThat(signalled(redoubt, "INT")).isEqualTo(130);

    assertThat(Files.readString(folder.resolve("out.json"))).contains("\"outcome\":\"cut\"");
  }

  /* What the person did afterwards is no part of the turn that was ended. */
  private void theirsGoesAndMineStays() throws IOException {
    Files.writeString(folder.resolve("mine"), "written later");

    Run undo = redoubt("undo");

    assertThat(undo.exitCode()).isZero();
    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(folder.resolve("mine")).hasContent("written later");
  }

  private Run redoubt(String... arguments) {
    return new Terminal(folder, home).redoubt(arguments);
  }

  private Process start(List<String> options, List<String> arguments, String... more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // A build in the background ignores interrupts, and its children inherit that.
                "env",
                "--default-signal",
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.redoubt.cli.Main"));
    command.addAll(arguments);
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(home.resolve("out").toFile())
            .redirectError(home.resolve("err").toFile());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("OPENAI_API_KEY", "x");
    builder.environment().keySet().removeAll(List.of("XDG_DATA_HOME", "XDG_CONFIG_HOME"));
    return builder.start();
  }

  private static int signalled(Process process, String signal) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor())
        .isZero();
    try {
      assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /* Behind bubblewrap the number is another one, which is then nobody's. */
  private ProcessHandle process(String file) throws Exception {
    long number = Long.parseLong(text(folder.resolve(file), "\n").strip());
    return ProcessHandle.of(number).orElse(ProcessHandle.current());
  }

  private String text(Path file, String part) throws Exception {
    for (int i = 0; i < PATIENCE * 20; i++) {
      if (Files.exists(file) && Files.readString(file).contains(part)) {
        return Files.readString(file);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError(
        "no \"%s\" in %s; %s".formatted(part, file, Files.readString(home.resolve("err"))));
  }
}
