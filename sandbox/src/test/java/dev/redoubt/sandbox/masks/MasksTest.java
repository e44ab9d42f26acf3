// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.masks.Mask.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MasksTest {

  private static final Path ROOT = Path.of("/work");

  private static Mask mask(String path, Closing closing, Kind kind) {
    return new Mask(ROOT.resolve(path), closing, kind);
  }

  private static Mask pinned(String path) {
    return mask(path, Closing.PINNED, Kind.FOLDER);
  }

  private static List<Mask> onTheWay(Mask... masks) {
    return new Masks(List.of(masks), List.of(), List.of(), GitPlaces.NONE).onTheWay(ROOT);
  }

  @Test
  void theFoldersOnTheWayArePinnedParentsFirst() {
    assertThat(
            onTheWay(
                mask("b/c/.env", Closing.HIDDEN, Kind.FILE),
                mask("a/.vscode", Closing.READ_ONLY, Kind.FOLDER),
                mask(".npmrc", Closing.HIDDEN, Kind.FILE)))
        .containsExactly(pinned("a"), pinned("b"), pinned("b/c"));
  }

  @Test
  void noFolderBelowAClosedOneIsOpenedAgain() {
    assertThat(
            onTheWay(
                mask("a/.claude", Closing.READ_ONLY, Kind.FOLDER),
                mask("a/.claude/commands/deep/secret", Closing.HIDDEN, Kind.FILE)))
        .containsExactly(pinned("a"));
    assertThat(
            onTheWay(
                mask("a/.git", Closing.PINNED, Kind.FOLDER),
                mask("a/.git/x/hooks", Closing.READ_ONLY, Kind.FOLDER)))
        .containsExactly(pinned("a"), pinned("a/.git"), pinned("a/.git/x"));
  }
}
