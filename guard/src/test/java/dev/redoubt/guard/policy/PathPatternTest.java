// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

  private static final Situation HERE = new Situation("/w", Trust.TRUSTED, Wall.NONE, "/home/u");

  /// The workspace is a link, and so are two folders in it.
  private static final Map<String, String> LINKS =
      Map.of("/w/link", "/x", "/w/li[k", "/y", "/w", "/real/w");

  @ParameterizedTest
  @CsvSource({
    "a/**, a/b, true",
    "a/b, a/**, false",
    "a/[b], a/b, false",
    "a/[b], a/[b], true",
    "~/a, a, false",
    "/a, a, false",
    "~/**, ~/a, true",
    "/w/**, /w/a, true",
    "**, ~, false",
    "\u00e9/**, \u00e9/a, false",
    "\u00e9/**, \u00e9/**, true",
    "a~/**, a~/b, true",
  })
  void aPatternCoversAnotherWhenThatIsCertain(String wide, String narrow, boolean covers) {
    assertThat(PathPattern.of(wide).covers(PathPattern.of(narrow))).isEqualTo(covers);
  }

  @ParameterizedTest
  @CsvSource({
    "src/*/a\\*b/., /w/src/a*b",
    "/etc/*, /etc",
    "~/x/[ab]/y?/z, /home/u/x/z",
    "**,",
    "/?/[a],",
    "./**,",
  })
  void aPatternNamesWhatIsNoWildcard(String glob, String named) {
    assertThat(PathPattern.of(glob).named(HERE)).isEqualTo(Optional.ofNullable(named));
  }

  @ParameterizedTest
  @CsvSource({
    "src/**/a*b?.txt, x/y, /w/src/x/y/azbx.txt",
    "src/**/a*b?.txt, '', /w/src/azbx.txt",
    "~/a\\*\\?, x, /home/u/a*?",
    "/**, '', /",
    "/etc/*, x, /etc/z",
  })
  void aPatternHasAnExample(String glob, String folders, String example) {
    assertThat(PathPattern.of(glob).example(HERE, folders, "z")).isEqualTo(example);
    assertThat(new PathPattern("a\\").example(HERE, "", "z")).isEqualTo("/w/a\\");
  }

  @ParameterizedTest
  @CsvSource({
    "a, /w/a, EXACT, true, true",
    "a, /real/w/a, EXACT, true, true",
    "a, /w/b, EXACT, false, false",
    "a, /w/A, EXACT, false, true",
    "a, /w/a, GLOB, false, true",
    "link/a, /w/link/a, EXACT, false, true",
    "link/a, /x/a, EXACT, false, true",
    "link/a, /w/*/a, GLOB, false, true",
    "link/*, /x/b, EXACT, false, true",
    "link/*, /x/b/c, EXACT, false, false",
    "link/*, /x, EXACT, false, false",
    "/x/a, /w/link/a, EXACT, false, true",
    "/x/ab, /w/link/a*, GLOB, false, true",
    "/x/ab, /w/link/a?, GLOB, false, true",
    "/x, /w/link, GLOB, false, true",
    "/y/a, '/w/li[k/a', EXACT, false, true",
  })
  void aPlaceIsMeantWhereverItsLinksLead(
      String glob, String path, Place.Kind kind, boolean sure, boolean possible) {
    Place place = new Place(path, path, kind);
    Scene scene = new Scene(HERE, PathPatternTest::facts);

    assertThat(PathPattern.of(glob).isSure(place, scene)).isEqualTo(sure);
    assertThat(PathPattern.of(glob).isPossible(place, false, scene)).isEqualTo(possible);
  }

  @Test
  void anEmptyPatternIsRefusedInItsOwnWords() {
    assertThatThrownBy(() -> PathPattern.of(" ")).hasMessageStartingWith("it is empty");
  }

  private static FileFacts.Facts facts(String path) {
    String longest = "";
    for (String link : LINKS.keySet()) {
      if ((path + "/").startsWith(link + "/") && link.length() > longest.length()) {
        longest = link;
      }
    }
    String real = LINKS.getOrDefault(longest, "") + path.substring(longest.length());
    return new FileFacts.Facts(real, FileFacts.Kind.FILE, 1, List.of());
  }
}
