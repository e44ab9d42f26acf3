// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class ShellWordsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "plain|plain",
        "a/b-c_d.e|a/b-c_d.e",
        "a b|'a b'",
        "$x|'$x'",
        "*|'*'",
        "it's|'it'\\''s'"
      })
  void onlyWhatNeedsItIsQuoted(String word, String written) {
    assertThat(ShellWords.quoted(word)).isEqualTo(written);
  }

  @Test
  void aShellReadsEveryCharacterAsItIs() throws Exception {
    List<String> words = new ArrayList<>();
    for (int c = 1; c < 0x180; c++) {
      words.add(Character.toString(c));
      words.add("a" + Character.toString(c) + "b");
    }
    words.addAll(
        List.of("", " ", "''", "\\'", "$(id)", "`id`", "-n", "~", "!!", "\n\n", "😀", "a=b"));
    Path script = folder.resolve("script");
    Files.write(script, ("printf '%s\\0' " + ShellWords.quoted(words) + "\n").getBytes(UTF_8));

    assertThat(output(script)).isEqualTo(String.join("\0", words) + "\0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\ud800", "x\udc00y", "\ud83d"})
  void whatNoShellCanHoldIsRefused(String word) {
    assertThatThrownBy(() -> ShellWords.quoted(word)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String output(Path script) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("/bin/sh", script.toString()).start();
    String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor()).isZero();
    return output;
  }
}
