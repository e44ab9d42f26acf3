// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the manuals say about many calls, whole. A file holds calls behind `$ `, in the writing of
/// [Calls] and with ⏎ for a new line and ⇥ for a tab; the rewriting of golden files keeps the
/// calls.
class ReadingLinesTest {

  @ParameterizedTest
  @ValueSource(strings = {"sed", "awk", "jq"})
  void eachCallHasTheReadingWrittenBesideIt(String topic) throws IOException {
    String file = "ReadingLinesTest/" + topic + ".txt";
    String found =
        Files.readAllLines(Path.of("src/test/resources").resolve(file)).stream()
            .filter(line -> line.startsWith("$ ") || line.startsWith("#"))
            .map(line -> line.startsWith("#") ? line : found(line))
            .collect(Collectors.joining("\n", "", "\n"));

    Golden.check(found, file);
  }

  private static String found(String line) {
    int end = line.indexOf(" => ");
    String call = end < 0 ? line : line.substring(0, end);
    String read = Calls.reading(call.substring(2).replace('⏎', '\n').replace('⇥', '\t'));
    return call + " => " + read.replace('\n', '⏎').replace('\t', '⇥');
  }
}
