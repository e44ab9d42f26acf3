// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.paths.SensitivePaths.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensitivePathsTest {

  private static final List<String> HOME = List.of("home", "ann");

  @Test
  void everyPatternOfTheTableIsRead() {
    assertThat(SensitivePaths.builtIn().all())
        .hasSizeGreaterThan(500)
        .allSatisfy(entry -> assertThat(entry.pattern()).isNotEmpty());
  }

  @Test
  void everyEntryIsFoundByAPathThatItsPatternNames() {
    for (Entry entry : SensitivePaths.builtIn().all()) {
      String names = example(entry);
      String path =
          switch (entry.anchor()) {
            case ROOT -> names;
            case HOME -> "home/ann/" + names;
            case ANYWHERE -> "srv/app/" + names;
          };
      Spot spot = Spot.exact(Names.split(path), HOME, 0);

      assertThat(spot.isAt(entry, spot.size() - Names.split(names).size())).as(path).isTrue();
      assertThat(SensitivePaths.builtIn().at(spot))
          .as(path)
          .matches(found -> found.contains(entry) || isLifted(entry, spot));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "home/ann/.ssh/id_ed25519, ssh",
    "home/ann/.local/lib/python3.12/x.py, startup",
    "srv/app/.git/worktrees/one/gitdir, git",
    "srv/bare.git/hooks/post-receive, git",
    "etc/ssh/ssh_host_rsa_key, ssh",
  })
  void aPathIsOfItsKind(String path, String kind) {
    assertThat(SensitivePaths.builtIn().at(Spot.exact(Names.split(path), HOME, 0)))
        .extracting(Entry::kind)
        .contains(kind);
  }

  private static boolean isLifted(Entry entry, Spot spot) {
    return SensitivePaths.builtIn().all().stream()
        .filter(other -> other.protection() == SensitivePaths.Protection.ORDINARY)
        .filter(other -> other.kind().equals(entry.kind()))
        .anyMatch(other -> other == entry || spot.isAt(other, spot.size() - 1));
  }

  /* One path that matches; the table has no other wildcards. */
  private static String example(Entry entry) {
    return entry.toString().replace("**", "deep/er").replace("*", "x");
  }
}
