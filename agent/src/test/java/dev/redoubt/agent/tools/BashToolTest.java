// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static dev.redoubt.agent.tools.Workbench.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BashToolTest {

  private Workbench bench;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    bench = Workbench.in(folder);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  @Test
  void aLineRunsInTheWorkspaceAndItsEndIsSaid() throws Exception {
    Step.Done done = bench.call("bash", "{'command':'pwd; echo no >&2; exit 3'}");

    assertThat(said(done))
        .contains(bench.workspace + "\n")
        .contains("no\n")
        .containsPattern("\n\\[exit code 3, \\d+\\.\\d s]$");
    assertThat(done.failed()).isTrue();
    assertThat(done.facts().scalar("exitCode")).contains("3");
    assertThat(said(bench.call("bash", "{'command':'true'}")))
        .startsWith("(no output)\n[exit code 0");
  }

  @Test
  void aFolderCanBeNamed() throws Exception {
    Files.createDirectory(bench.workspace.resolve("in"));

    assertThat(said(bench.call("bash", "{'command':'pwd','folder':'in'}")))
        .startsWith(bench.workspace.resolve("in") + "\n");
    assertThat(bench.call("bash", "{'command':'pwd','folder':'gone'}").failed()).isTrue();
  }

  @Test
  void whatTakesTooLongIsEndedAndSaid() throws Exception {
    Step.Done done = bench.call("bash", "{'command':'echo early; sleep 60','timeout_seconds':1}");

    assertThat(said(done)).startsWith("early\n[timed out after 1 s");
    assertThat(done.failed()).isTrue();
    assertThat(done.facts().scalar("exitCode")).contains("124");
  }

  @Test
  void aSignalIsNamed() throws Exception {
    assertThat(said(bench.call("bash", "{'command':'kill -9 $$'}"))).contains("signal 9 (KILL");
  }

  @Test
  void aFloodIsBoundedAndKeepsBothEnds() throws Exception {
    Step.Done done = bench.call("bash", "{'command':'echo first; seq 1 2000000; echo last'}");

    assertThat(said(done))
        .hasSizeLessThan(1_100_000)
        .startsWith("first\n1\n")
        .contains(" bytes left out …\n")
        .containsPattern("2000000\nlast\n\\[exit code 0");
  }

  @Test
  void coloursAndLinesThatWereWrittenOverAreLeftOut() throws Exception {
    assertThat(
            said(
                bench.call(
                    "bash",
                    "{'command':'printf"
                        + " \\\"\\\\033[31mred\\\\033[0m\\\\n10%%\\\\r100%%\\\\r\\\\nend\\\\007\\\\n\\\"'}")))
        .startsWith("red\n100%\nend\n[exit code 0");
  }

  @Test
  void aJobRunsOnUntilItIsStopped() throws Exception {
    Step.Done started =
        bench.call("bash", "{'command':'echo one; touch made; sleep 60','background':true}");
    assertThat(said(started)).startsWith("started job-1; read it with job_output");
    assertThat(started.facts().text("job")).contains("job-1");
    bench.call("bash", "{'command':'until [ -e made ]; do sleep 0.05; done'}");

    assertThat(said(bench.call("job_stop", "{'job':'job-1'}"))).isEqualTo("one\njob-1 is stopped");
    assertThat(said(bench.call("job_stop", "{'job':'job-9'}")))
        .isEqualTo("there is no job \"job-9\": there are job-1 (ended)");
  }

  @Test
  void theEndOfAJobIsWaitedFor() throws Exception {
    bench.call("bash", "{'command':'echo a; exit 7','background':true}");

    Step.Done done = bench.call("job_output", "{'job':'job-1','wait_seconds':60}");

    assertThat(said(done)).startsWith("a\n[exit code 7");
    assertThat(done.facts().scalar("exitCode")).contains("7");
    assertThat(done.facts().isTrue("running")).isFalse();
    assertThat(said(bench.call("job_output", "{'job':'job-1'}")))
        .startsWith("(nothing new)\n[exit");
  }

  @Test
  void aTerminalIsTypedInto() throws Exception {
    bench.call("bash", "{'command':'read -p name: n; test -t 0 && echo hello $n','terminal':true}");

    Step.Done done =
        bench.call("send_input", "{'job':'job-1','text':'ada','key':'enter','wait_seconds':60}");

    assertThat(said(done)).contains("hello ada").endsWith("[job-1 has ended]");
    assertThat(done.facts().text("typed")).contains("ada\r");
  }

  @Test
  void aTerminalThatNobodyReadsDoesNotHoldTheRun() throws Exception {
    bench.call("bash", "{'command':'sleep 600','terminal':true}");
    String lines = "x\\n".repeat(3000);
    String said = "";

    for (int i = 0; i < 20 && !said.contains("reads nothing now"); i++) {
      said = said(bench.call("send_input", "{'job':'job-1','text':'%s'}".formatted(lines)));
    }

    assertThat(said).isEqualTo("job-1 reads nothing now: part of the text may have been typed");
  }

  @Test
  void aTerminalInWhichAnythingCanBeTypedIsAsked(@TempDir Path folder) throws Exception {
    try (Workbench strict = Workbench.strict(folder)) {
      for (String line :
          List.of(
              "bash",
              "sh",
              "python3",
              "cat | sh",
              "xargs rm",
              "node",
              "ed f",
              "less f",
              "vi f",
              "awk -f -",
              "psql")) {
        assertThat(said(strict.call("bash", "{'command':'%s','terminal':true}".formatted(line))))
            .as(line)
            .startsWith("refused by policy");
      }
    }
  }

  @Test
  void nothingIsTypedWhereThereIsNoTerminal() throws Exception {
    bench.call("bash", "{'command':'sleep 60','background':true}");

    assertThat(said(bench.call("send_input", "{'job':'job-1','text':'x'}")))
        .contains("has no terminal");
  }
}
