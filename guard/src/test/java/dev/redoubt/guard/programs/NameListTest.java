// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.programs.Call.Input;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameListTest {

  private static final Input ANYTHING = new Input.Unknown();
  private static final Input NAMES = new Input.Names(List.of(new Arg.Glob("./*")));

  private static Input output(String line, Input input) {
    List<Arg> words = List.of(line.split(" ")).stream().<Arg>map(Arg.Known::new).toList();
    String name = words.getFirst().shown();
    Call call = new Call(name, words.subList(1, words.size()), input);
    return NameList.of(call, BuiltInManuals.of(name).orElseThrow().read(call));
  }

  @Test
  void everySideOfAnOrCanBeFound() {
    assertThat(output("find src -name x.md -o -name .env", ANYTHING))
        .isEqualTo(new Input.Names(List.of(new Arg.Glob("src/.env"), new Arg.Glob("src/x.md"))));
  }

  @Test
  void aListOfEverythingIsNotKnownByName() {
    assertThat(output("git ls-files", ANYTHING)).isEqualTo(NAMES);
    assertThat(output("rg --files", ANYTHING)).isEqualTo(NAMES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"head -5", "head -n 5", "tail -n5", "sort", "grep -v x", "grep x"})
  void aFilterHandsNamesOn(String line) {
    assertThat(output(line, NAMES)).isEqualTo(NAMES);
    assertThat(output(line, ANYTHING)).isEqualTo(ANYTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "find . -printf /etc/%f",
        "find . -exec echo x ;",
        "find . -ls",
        "find . -regex x",
        "find . -files0-from x",
        "git ls-files -s",
        "git ls-files --format=x",
        "git diff --name-status",
        "git log --name-only",
        "git -C sub ls-files",
        "rg x src",
        "rg -lo x",
        "rg --pre x --files",
        "grep -rh x .",
        "grep -o x",
        "grep -n x",
        "grep -f list x",
        "grep x list",
        "head -c 5",
        "head list",
        "sort list",
        "sed s/a/b/",
        "echo x",
      })
  void anythingElseCouldBeAnyText(String line) {
    assertThat(output(line, NAMES)).isEqualTo(ANYTHING);
  }
}
