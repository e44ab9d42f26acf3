// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.FileFacts;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FarListingTest {

  private static final String HASH = "a".repeat(64);

  private final Passage passage =
      new Passage(
          new Enclosure(
              Path.of("/work"),
              Path.of("/home/dev"),
              Path.of("/home/dev/.local/share/redoubt"),
              Map.of(),
              new Enclosure.Exits.None(),
              ResourceLimits.DEFAULT),
          FileFacts.NONE);

  @Test
  void foldersProgramsLinksAndFilesAreRead() throws IOException {
    FarListing listing =
        read(
            "folders\n.\n./d\nprograms\n./d/run\nlinks\n./l\nd/run\nfiles\n"
                + HASH
                + "  ./d/run\n"
                + HASH
                + " *./f x\nend whole\n");

    TreeMap<String, TreeEntry> expected = new TreeMap<>();
    expected.put("d", new TreeEntry.Folder());
    expected.put("d/run", new TreeEntry.File(HASH, true));
    expected.put("f x", new TreeEntry.File(HASH, false));
    expected.put("l", new TreeEntry.Link("d/run"));
    assertThat(listing.tree()).isEqualTo(new Tree(expected, Set.of(), true));
  }

  @Test
  void ofStampedFilesOnlyTheirHashesAreMissing() throws IOException {
    FarListing listing =
        read(
            """
            folders
            .
            ./d
            programs
            ./d/run
            links
            stamps
            1003.5
            7 120 1000.5 1000.5 ./d/run
            8 0 1.0 2.0 ./f x
            9 0 1.0 2.0 ./no/where
            end whole
            """);
    assertThat(listing.stamped().files().keySet()).containsExactly("d/run", "f x");
    assertThat(listing.stamped().now()).isEqualTo(1_003_500_000_000L);

    TreeMap<String, TreeEntry> expected = new TreeMap<>();
    expected.put("d", new TreeEntry.Folder());
    expected.put("d/run", new TreeEntry.File(HASH, true));
    assertThat(listing.with(Map.of("d/run", HASH, "other", HASH)).tree())
        .isEqualTo(new Tree(expected, Set.of("f x"), true));
  }

  @Test
  void namesThatAreNoneAreRefusedAndTheRestIsRead() throws IOException {
    FarListing listing =
        read(
            "folders\n.\n./../x\n/etc\nprograms\nlinks\n./a/../../l\n/etc\nfiles\n"
                + HASH
                + "  ./../../home/dev/.bashrc\n\\"
                + HASH
                + "  ./two\\nlines\n"
                + HASH
                + "  ./fine\nend whole\n");

    assertThat(listing.tree().entries()).containsOnlyKeys("fine");
    assertThat(listing.refused())
        .extracting(SyncNotice::path)
        .containsExactly("../x", "//etc", "a/../../l", "../../home/dev/.bashrc", "two\\nlines\\");
  }

  @Test
  void whatLiesBelowALinkOrAFileIsRefused() throws IOException {
    FarListing listing =
        read(
            "folders\n./l/d\nprograms\nlinks\n./l\nx\nfiles\n"
                + HASH
                + "  ./l/d/f\n"
                + HASH
                + "  ./gone/f\nend whole\n");

    assertThat(listing.tree().entries()).containsOnlyKeys("l");
  }

  @Test
  void whatWasNotSeenWholeSaysSo() throws IOException {
    assertThat(read("folders\nprograms\nlinks\nfiles\nend\n").tree().whole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "folders\n.\n",
        "folders\n./a",
        "garbage\n",
        "files\nnot-a-hash  ./a\nend whole\n",
        "files\nzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz  ./a\nend whole\n"
      })
  void aDescriptionThatEndsEarlyOrHasAnotherFormIsAnError(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void moreThanIsKeptTheSameIsAnError() {
    StringBuilder text = new StringBuilder("folders\n");
    for (int i = 0; i < 12; i++) {
      text.append("./d").append(i).append('\n');
    }
    text.append("end whole\n");

    assertThatThrownBy(() -> read(text.toString())).hasMessageContaining("more than 10");
  }

  private FarListing read(String text) throws IOException {
    return FarListing.read(text, passage, 10);
  }
}
