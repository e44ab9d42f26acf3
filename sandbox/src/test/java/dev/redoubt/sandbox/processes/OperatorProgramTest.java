// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.processes.OperatorProgram.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorProgramTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void itReadsItsInputAndWhatItWritesIsReturned() throws Exception {
    assertThat(run("", "sh", "-c", "cat; echo $A$HOME; exit 3")).isEqualTo(new Result(3, "b\n"));
    assertThat(run("key", "cat")).isEqualTo(new Result(0, "key"));
    assertThat(run("key", "cat").toString()).isEqualTo("code 0");
  }

  @Test
  void whatTakesTooLongIsEndedWithAllItStarted() throws Exception {
    List<String> slow = List.of("sh", "-c", "sleep 600 & sleep 600");

    assertThat(
            OperatorProgram.run(
                    slow, Map.of("PATH", "/usr/bin:/bin"), Path.of("/"), "", Duration.ofMillis(300))
                .code())
        .isEqualTo(-1);
  }

  @Test
  void whatDoesNotReadAndWhatWritesALotAreNoTrouble() throws Exception {
    assertThat(run("x".repeat(1 << 20), "true").code()).isZero();
    assertThat(run("", "sh", "-c", "head -c 1000000 /dev/zero").output()).hasSize(64 * 1024);
  }

  @Test
  void whatIsNotThereCannotBeStarted() {
    assertThatThrownBy(() -> run("", "/nonexistent/x")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pass show x | pass,show,x",
        "` a   b `| a,b",
        "op read 'op://My Vault/x' | op,read,op://My Vault/x",
        "a \"b 'c\" | a,b 'c",
        "a\\ b c\\\\d | a b,c\\d",
        "a 'b\\' c | a,b\\,c"
      })
  void wordsAreDividedByBlanks(String line, String words) {
    assertThat(OperatorProgram.words(line)).containsExactly(words.split(",", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "'a", "a \"b"})
  void whatHasNoWordsIsRefused(String line) {
    assertThatThrownBy(() -> OperatorProgram.words(line))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Result run(String input, String... command)
      throws IOException, InterruptedException {
    return OperatorProgram.run(
        List.of(command), Map.of("A", "b", "PATH", "/usr/bin:/bin"), Path.of("/"), input, LONG);
  }
}
