// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.testkit.Seeded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInManualsTest {

  /// Programs that read no option at all, or only print what they are given.
  private static final Set<String> TAKE_ANY_OPTION =
      Set.of("[", "echo", "expr", "false", "printf", "test", "true");

  private static final List<String> WORDS =
      List.of(
          "-",
          "--",
          "-x",
          "-rf",
          "--a",
          "--output=x",
          "-o",
          "x",
          "/etc/passwd",
          "",
          "=",
          "-n5",
          "{}",
          "(",
          "!",
          "-exec",
          ";",
          "e ls",
          "{system(\"ls\")}",
          "--files0-from=-",
          "a:b",
          "\u0000",
          "é");

  @Test
  void everyNameIsTakenOnce() {
    List<String> names = new ArrayList<>();
    for (Manual manual : BuiltInManuals.all()) {
      names.addAll(manual.names());
    }

    assertThat(names).doesNotHaveDuplicates().isNotEmpty();
  }

  /// One name of each shelf: a shelf that is not in the list is lost without a word.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo", "env", "sh", "tmux", "cat", "diff", "ls", "rg", "git", "mvn", "curl", "npm",
        "pytest", "sed", "cp", "tar"
      })
  void everyShelfIsInTheList(String name) {
    assertThat(BuiltInManuals.of(name)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aManualIsFoundByEachOfItsNames(String name) {
    assertThat(BuiltInManuals.of(name).orElseThrow().names()).contains(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void anOptionThatIsNotWrittenDownIsNeverFine(String name) {
    if (TAKE_ANY_OPTION.contains(name)) {
      return;
    }
    for (String option : List.of("--no-such-option", "--no-such-option=x", "-\u00a7", "--\u00a7")) {
      for (List<String> words : List.of(List.of(option), List.of(option, "x", "y"))) {
        assertThat(read(name, words).nature())
            .as(name + " " + words)
            .isGreaterThanOrEqualTo(Nature.CHANGES);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void noCallMakesAManualThrow(String name) {
    Manual manual = BuiltInManuals.of(name).orElseThrow();

    Seeded.check(
        50,
        random ->
            assertThat(manual.read(new Call(name, args(random), new Call.Input.Unknown())))
                .isNotNull());
  }

  @Test
  void aNameThatIsNotWrittenDownHasNoManual() {
    assertThat(BuiltInManuals.of("no-such-program")).isEmpty();
  }

  static Set<String> names() {
    Set<String> names = new HashSet<>();
    for (Manual manual : BuiltInManuals.all()) {
      names.addAll(manual.names());
    }
    return names;
  }

  private static Reading read(String name, List<String> words) {
    List<Arg> args = new ArrayList<>();
    for (String word : words) {
      args.add(new Arg.Known(word));
    }
    return BuiltInManuals.of(name)
        .orElseThrow()
        .read(new Call(name, args, new Call.Input.Nothing()));
  }

  private static List<Arg> args(RandomGenerator random) {
    List<Arg> args = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      String word =
          random.nextBoolean()
              ? Seeded.pick(random, WORDS)
              : Seeded.text(random, "-=abcrw/.{}|\"'\\ 0;$(", 1 + random.nextInt(6));
      args.add(
          switch (random.nextInt(6)) {
            case 0 -> new Arg.Unknown("$x", "not set");
            case 1 -> new Arg.Glob(word);
            default -> new Arg.Known(word);
          });
    }
    return args;
  }
}
