// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Effect;
import dev.redoubt.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every effect of many lines, whole. A file holds lines behind `$ ` (a ⏎ is a new line), each with
/// what it was found to do; the rewriting of golden files keeps the lines.
class LineEffectsTest {

  @ParameterizedTest
  @ValueSource(strings = {"builtins", "declarations", "constructs", "words", "programs"})
  void eachLineHasTheEffectsWrittenBelowIt(String topic) throws IOException {
    String file = "LineEffectsTest/" + topic + ".txt";
    String found =
        Files.readAllLines(Path.of("src/test/resources").resolve(file)).stream()
            .filter(line -> line.startsWith("$ ") || line.startsWith("#"))
            .map(
                line -> line.startsWith("#") ? line + "\n" : line + "\n" + found(line.substring(2)))
            .collect(Collectors.joining("\n"));

    Golden.check(found, file);
  }

  private static String found(String line) {
    return Lines.effects(line.replace('⏎', '\n')).stream()
        .map(effect -> "  " + text(effect).replace('\n', '⏎') + "\n")
        .collect(Collectors.joining());
  }

  private static String text(Effect effect) {
    return switch (effect) {
      case Effect.Command(var argv, var nature, var reason) ->
          "%s %s: %s".formatted(nature.name().toLowerCase(Locale.ROOT), argv, reason);
      case Effect.File(var access, var place) ->
          "%s %s (%s, %s)"
              .formatted(
                  access.name().toLowerCase(Locale.ROOT),
                  place.path(),
                  place.kind().name().toLowerCase(Locale.ROOT),
                  place.written());
      case Effect.Opaque(var rule, var shown, var reason) ->
          "? %s %s: %s".formatted(rule, shown, reason);
      case Effect.Connect(var method, var target) -> "connect %s %s".formatted(method, target);
      case Effect.CallTool _, Effect.StartServer _, Effect.SendToModel _, Effect.LoadConfig _ ->
          effect.toString();
    };
  }
}
