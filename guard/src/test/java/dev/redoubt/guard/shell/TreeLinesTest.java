// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import dev.redoubt.guard.shell.ParseResult.NotUnderstood;
import dev.redoubt.guard.shell.ParseResult.Parsed;
import dev.redoubt.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tree of many lines, or why there is none. A file holds lines behind `$ `: a ⏎ is a new line,
/// a ⇥ a tab, ⟨202e⟩ the character of that number; the rewriting of golden files keeps the lines.
class TreeLinesTest {

  private static final Pattern NUMBERED = Pattern.compile("⟨([0-9a-f]+)⟩");

  @ParameterizedTest
  @ValueSource(strings = {"commands", "words", "refused"})
  void eachLineHasTheTreeWrittenBelowIt(String topic) throws IOException {
    String file = "TreeLinesTest/" + topic + ".txt";
    String found =
        Files.readAllLines(Path.of("src/test/resources").resolve(file)).stream()
            .filter(line -> line.startsWith("$ ") || line.startsWith("#"))
            .map(line -> line.startsWith("#") ? "\n" + line + "\n" : line + "\n" + found(line))
            .collect(Collectors.joining());

    Golden.check(found, file);
  }

  private static String found(String line) {
    String text =
        NUMBERED
            .matcher(line.substring(2).replace('⏎', '\n').replace('⇥', '\t'))
            .replaceAll(it -> Character.toString(Integer.parseInt(it.group(1), 16)));
    String tree =
        switch (ShellParser.parse(text)) {
          case NotUnderstood(String reason, int offset) -> "? " + reason + " at " + offset;
          case Parsed(Script script, List<ParseResult.BashOnly> marks) ->
              TreeText.script(script)
                  + marks.stream()
                      .map(mark -> "  !" + mark.what() + "@" + mark.offset())
                      .collect(Collectors.joining());
        };
    return "  " + tree.replace('\n', '⏎').replace('\t', '⇥') + "\n";
  }
}
