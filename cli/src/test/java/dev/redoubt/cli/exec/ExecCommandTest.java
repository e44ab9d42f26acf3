// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecCommandTest {

  @TempDir private Path folder;
  @TempDir private Path home;

  @Test
  void aCommandThatMayRunRuns() {
    assertThat(exec("--", "touch", "made").exitCode()).isZero();
    assertThat(folder.resolve("made")).exists();
  }

  @ParameterizedTest
  @CsvSource({"exit 7,7", "exit 0,0", "kill -15 $$,143"})
  void theExitCodeIsTheCommandsOwn(String line, int code) {
    assertThat(exec("--approval", "allow", "--", "sh", "-c", line).exitCode()).isEqualTo(code);
  }

  @Test
  void aDeniedCommandNeverStarts() {
    Run run = exec("--approval", "allow", "--", "sh", "-c", "touch made; cat ~/.ssh/id_rsa");

    assertThat(run.exitCode()).isEqualTo(20);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("redoubt: denied: ").contains("(path.sensitive.ssh)");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "deny", "workspace"})
  void aQuestionNobodyAnswersIsANo(String approval) {
    List<String> arguments = new ArrayList<>();
    if (!approval.isEmpty()) {
      arguments.addAll(List.of("--approval", approval));
    }
    arguments.addAll(List.of("--", "sh", "-c", "touch made; npm publish"));

    Run run = exec(arguments.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.err()).startsWith("redoubt: nobody said yes: ").contains("--allow 'run:");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void aShortRuleAnswersTheQuestionItWasProposedFor() {
    assertThat(exec("--", "chmod", "600", "file").exitCode()).isEqualTo(10);

    assertThat(exec("--allow", "run:chmod *", "--", "chmod", "600", "file").exitCode())
        .isEqualTo(1);
  }

  @Test
  void theReportSaysWhatCameOfIt() throws IOException {
    exec("--report", "out.json", "--", "cat", "~/.ssh/id_rsa");

    assertThat(Files.readString(folder.resolve("out.json")))
        .contains("\"outcome\":\"denied\"", "\"exitCode\":20", "\"sandbox\":\"local\"");
  }

  @Test
  void theReportSaysWhatACommandUsed() throws IOException {
    exec("--report", "out.json", "--", "ls");

    assertThat(Files.readString(folder.resolve("out.json")))
        .containsPattern("\"peakBytes\":[1-9][0-9]{5,}")
        .containsPattern("\"systemMillis\":[0-9]+")
        .containsPattern("\"userMillis\":[0-9]+");
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    Run run = exec("--approval", "allow", "--", "no-such-program");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .startsWith("redoubt: could not start: there is no program \"no-such-program\" in PATH");
  }

  @Test
  @NeedsEngine("bwrap")
  void behindBubblewrapAProgramThatIsNotThereIsNamedTheSame() {
    Run run = exec("--sandbox", "bubblewrap", "--approval", "allow", "--", "no-such-program", "x");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .startsWith("redoubt: could not start: there is no program \"no-such-program\" in PATH");
  }

  @Test
  void aReportThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    Run run = exec("--report", file.resolve("out.json").toString(), "--", "ls");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("out.json\": ").contains("choose another --report");
  }

  @Test
  void aGlobThatMatchesNoSecretIsJudgedByWhatIsThere() throws IOException {
    Files.writeString(folder.resolve("f1"), "x");

    assertThat(exec("--approval", "allow", "--", "sh", "-c", "rm -f f*").exitCode()).isZero();
    assertThat(folder.resolve("f1")).doesNotExist();

    Files.writeString(folder.resolve("fish_history"), "x");

    assertThat(exec("--approval", "allow", "--", "sh", "-c", "rm -f f*").exitCode()).isEqualTo(20);
    assertThat(folder.resolve("fish_history")).exists();
  }

  @Test
  void whatTakesTooLongIsEnded() {
    Run run = exec("--approval", "allow", "--timeout", "1s", "--", "sleep", "100");

    assertThat(run.exitCode()).isEqualTo(124);
    assertThat(run.err()).isEqualTo("redoubt: timed out: it took longer than 1 seconds\n");
  }

  @Test
  void decisionAndOutcomeAreInTheEvidence() {
    exec("--", "ls", "missing");

    assertThat(redoubt("evidence", "verify").exitCode()).isZero();
    assertThat(redoubt("evidence", "show", "exec", "--json").out())
        .contains("\"kind\":\"decision\"", "\"kind\":\"outcome\"", "\"exitCode\":2");
  }

  @Test
  void aDecisionThatCannotBeWrittenPermitsNothing() throws IOException {
    Path data = Files.writeString(folder.resolve("file"), "no folder");

    Run run = redoubt("exec", "--data-dir", data.toString(), "--", "touch", "made");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void aSandboxThatIsNotThereIsNamedAndNothingRuns() {
    Run run = exec("--sandbox", "moat", "--", "touch", "made");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("there is no sandbox \"moat\"");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void aCheckoutCannotChooseTheSandbox() throws IOException {
    Files.writeString(folder.resolve("redoubt.toml"), "[options.sandbox]\nbackend = \"moat\"\n");

    assertThat(exec("--", "true").exitCode()).isZero();
  }

  @Test
  void theOperatorsConfigurationChoosesTheSandbox() throws IOException {
    Path config = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(config, "[options.sandbox]\nbackend = \"moat\"\n");

    assertThat(exec("--", "true").err()).contains("there is no sandbox \"moat\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "options.sandbox|backends = 1|there is no key \"options.sandbox.backends\"",
        "options.sandbox.limits|memory = 5|options.sandbox.limits.memory is no size",
        "options.sandbox.limits|processes = 0|options.sandbox.limits.processes is no number",
        "options.sandbox|env-pass = [\"A=B\"]|options.sandbox.env-pass has \"A=B\""
      })
  void aMistakeInTheConfigurationIsNamedWithItsLine(String table, String line, String message)
      throws IOException {
    Path config =
        Files.writeString(folder.resolve("own.toml"), "[%s]\n%s\n".formatted(table, line));

    Run run = exec("--config", config.toString(), "--", "true");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("own.toml:2: ").contains(message);
  }

  private Run exec(String... arguments) {
    List<String> all = new ArrayList<>(List.of("exec"));
    all.addAll(List.of(arguments));
    return redoubt(all.toArray(String[]::new));
  }

  private Run redoubt(String... arguments) {
    return new Terminal(folder, home).redoubt(arguments);
  }
}
