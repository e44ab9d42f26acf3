// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.Golden;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void world() {
    terminal = new Terminal(folder, folder);
  }

  @Test
  void theVersionNamesCommitAndLocalChanges() {
    Run run = terminal.redoubt("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .matches(
            "redoubt \\S+ \\(commit \\S+?(, (with local changes|local changes unknown))?\\)\\R");
  }

  @Test
  void theHelpIsWhatItIsMeantToBe() {
    Golden.check(terminal.redoubt("--help").out(), "MainTest/help.txt");
    Golden.check(terminal.redoubt("scan", "--help").out(), "MainTest/help-scan.txt");
  }

  @TestFactory
  Stream<DynamicTest> everyCommandShowsTwoExamplesThatStartWithTheProgram() {
    return Commands.all().stream()
        .map(entry ->
            dynamicTest(
                entry.name(),
                () -> {
                  assertThat(entry.builder().get().examples())
                      .hasSizeGreaterThanOrEqualTo(2)
                      .allMatch(example -> example.contains("redoubt " + entry.name()));
                  String[] words = (entry.name() + " --help").split(" ", -1);
                  assertThat(terminal.redoubt(words).out()).contains("Examples");
                }));
  }

  @Test
  void noCommandIsAUsageError() {
    assertThat(terminal.redoubt().exitCode()).isEqualTo(2);
    assertThat(terminal.redoubt("--offline").err())
        .isEqualTo(
            "redoubt: no command was given, and the line mode needs a terminal on standard input"
                + " and output\n"
                + "see: redoubt --help\n");
  }

  @Test
  void aMisspeltCommandIsAnsweredWithTheNearest() {
    assertThat(terminal.redoubt("scna"))
        .isEqualTo(
            new Run(
                2,
                "",
                """
                redoubt: there is no command "scna": did you mean "scan"?
                see: redoubt --help
                """));
  }

  @Test
  void aMessageCannotSteerTheTerminal() {
    assertThat(terminal.redoubt("sc\u001b[2Jn").err()).contains("sc<U+001B>[2Jn");
    assertThat(terminal.redoubt("scan", "no\u001b[2J\u202ewhere").err())
        .contains("no<U+001B>[2J<U+202E>where")
        .doesNotContain("\u001b");
  }

  @Test
  void aFamilyWithoutACommandListsItsCommands() {
    Run run = terminal.redoubt("debug");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("debug purl", "debug compare-versions");
  }

  @Test
  void theCommonOptionsWorkBeforeAndAfterTheName() {
    String before = terminal.redoubt("--color", "never", "catalog").out();
    String after = terminal.redoubt("catalog", "--color=never").out();

    assertThat(before).isNotEmpty().isEqualTo(after);
  }

  @Test
  void aWrongValueOfACommonOptionIsAUsageError() {
    assertThat(terminal.redoubt("catalog", "--color", "pink"))
        .isEqualTo(
            new Run(
                2,
                "",
                """
                redoubt: --color "pink" is not auto, always or never
                see: redoubt catalog --help
                """));
  }

  @Test
  void anUnknownOptionIsAUsageErrorThatNamesIt() {
    Run run = terminal.redoubt("scan", "--nope");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'--nope'").endsWith("see: redoubt scan --help\n");
  }

  @TestFactory
  Stream<DynamicTest> completionNamesEveryCommand() {
    return Stream.of("bash", "zsh", "fish")
        .map(shell ->
            dynamicTest(
                shell,
                () ->
                    assertThat(terminal.redoubt("completion", shell).out())
                        .contains("scan", "doctor", "compare-versions")));
  }
}
