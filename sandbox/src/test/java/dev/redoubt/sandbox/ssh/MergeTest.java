// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {

  /* What both had, what this machine has, what the far one has; a letter is a content, - nothing. */
  @ParameterizedTest
  @CsvSource({
    "a,a,a,nothing,a",
    "a,b,a,up,a",
    "a,a,b,down,a",
    "a,b,b,nothing,b",
    "a,-,a,up,a",
    "a,a,-,down,a",
    "a,-,-,nothing,-",
    "-,a,-,up,-",
    "-,-,a,down,-",
    "-,a,a,nothing,a",
    "-,a,b,conflict,-",
    "a,b,c,conflict,a",
    "a,-,b,revived down,a",
    "a,b,-,revived up,a",
    "a,d,a,up,a",
    "a,a,d,down,a",
    "a,b,d,conflict,a"
  })
  void whatOneSideChangedGoesToTheOther(
      String base, String near, String far, String expected, String agreed) {
    Merge merge = Merge.of(map(base), tree(near), tree(far));

    String got =
        (merge.revived().isEmpty() ? "" : "revived ")
            + (merge.down().isEmpty() ? "" : "down")
            + (merge.up().isEmpty() ? "" : "up")
            + (merge.conflicts().isEmpty() ? "" : "conflict");
    assertThat(got.isEmpty() ? "nothing" : got).isEqualTo(expected);
    assertThat(merge.agreed()).isEqualTo(map(agreed));
  }

  @Test
  void whatIsUnknownIsNeitherDeletedNorSent() {
    Tree near = new Tree(new TreeMap<>(), Set.of("p", "q"), true);

    Merge merge = Merge.of(map("a"), near, tree("a"));

    assertThat(merge).isEqualTo(new Merge(List.of(), List.of(), List.of(), List.of(), map("a")));
  }

  @Test
  void whatLiesBelowAnUnknownFolderIsUnknown() {
    SortedMap<String, TreeEntry> base = new TreeMap<>();
    base.put("secret/key", file('a'));

    Merge merge = Merge.of(base, new Tree(new TreeMap<>(), Set.of("secret"), true), Tree.EMPTY);

    assertThat(merge.up()).isEmpty();
    assertThat(merge.down()).isEmpty();
    assertThat(merge.agreed()).isEqualTo(base);
  }

  @Test
  void aSideThatWasNotSeenWholeDeletesNothing() {
    Merge merge = Merge.of(map("a"), tree("a"), new Tree(new TreeMap<>(), Set.of(), false));

    assertThat(merge).isEqualTo(new Merge(List.of(), List.of(), List.of(), List.of(), map("a")));
  }

  @Test
  void aFolderStaysWhileSomethingNewLiesInIt() {
    SortedMap<String, TreeEntry> base = new TreeMap<>();
    base.put("f", new TreeEntry.Folder());
    base.put("f/old", file('a'));
    TreeMap<String, TreeEntry> near = new TreeMap<>();
    near.put("f", new TreeEntry.Folder());
    near.put("f/old", file('a'));
    near.put("f/new", file('b'));

    Merge merge = Merge.of(base, new Tree(near, Set.of(), true), Tree.EMPTY);

    assertThat(merge.down()).containsExactly(new Change("f/old", file('a'), null));
    assertThat(merge.up()).containsExactly(new Change("f/new", null, file('b')));
  }

  private static SortedMap<String, TreeEntry> map(String content) {
    SortedMap<String, TreeEntry> map = new TreeMap<>();
    TreeEntry entry = entry(content);
    if (entry != null) {
      map.put("p", entry);
    }
    return map;
  }

  private static Tree tree(String content) {
    return new Tree(map(content), Set.of(), true);
  }

  private static @Nullable TreeEntry entry(String content) {
    return switch (content) {
      case "-" -> null;
      case "d" -> new TreeEntry.Folder();
      default -> file(content.charAt(0));
    };
  }

  private static TreeEntry file(char content) {
    return new TreeEntry.File(String.valueOf(content).repeat(64), false);
  }
}
