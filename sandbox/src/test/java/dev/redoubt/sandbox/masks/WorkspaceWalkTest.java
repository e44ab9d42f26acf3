// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.masks.Node.Identity;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceWalkTest {

  /* The kernel notes times in steps of up to ten milliseconds. */
  private static final long GRAIN = 30;

  @TempDir Path folder;
  private Path root;
  private ProtectedPlaces places;
  private FolderLooks looks;

  @BeforeEach
  void layOut() throws IOException {
    root = folder.toRealPath();
    for (String name :
        List.of("src/Main", "lib/plain", "a/b/c/note", "node_modules/x/lib/index", "open/readme")) {
      write(name);
    }
    for (String name : List.of(".env", ".aws/credentials", ".vscode/tasks.json", ".npmrc")) {
      write(name);
    }
    places = ProtectedPlaces.of(root.toString(), "/home/nobody");
    looks = FolderLooks.of(root, InstantSource.system(), GRAIN);
    settle();
    assertThat(closed()).hasSize(4);
  }

  private Path write(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  /* Until what changed is remembered again. */
  private static void settle() {
    long until = System.nanoTime() + 3 * GRAIN * 1_000_000;
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private Map<Path, Closing> closed() throws IOException {
    return closed(Map.of(), WorkspaceWalk.MOST);
  }

  private Map<Path, Closing> closed(Map<Identity, Closing> elsewhere, int most) throws IOException {
    WorkspaceWalk walk = new WorkspaceWalk(places, root, most, looks);
    walk.through(root);
    walk.closeTwins(elsewhere);
    return closings(walk);
  }

  private Map<Path, Closing> closings(WorkspaceWalk walk) {
    var closed = new java.util.TreeMap<Path, Closing>();
    walk.masks()
        .forEach(mask ->
            closed.merge(
                root.relativize(mask.path()),
                mask.closing(),
                (a, b) -> a.compareTo(b) > 0 ? a : b));
    return closed;
  }

  /* Root reads every folder, so the one that is closed refuses here. */
  private WorkspaceWalk walkRefusedBy(String name) throws IOException {
    Path refused = root.resolve(name);
    WorkspaceWalk.Listing ordinary = Files::newDirectoryStream;
    looks = FolderLooks.of(root, InstantSource.system(), GRAIN);
    return new WorkspaceWalk(
        places,
        root,
        WorkspaceWalk.MOST,
        looks,
        at -> {
          if (at.equals(refused)) {
            throw new AccessDeniedException(at.toString());
          }
          return ordinary.of(at);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "lib", "open/.git", "node_modules/x"})
  void aFolderThatCannotBeReadIsHidden(String name) throws IOException {
    write("a/b/c/.env");
    write("open/.git/HEAD");
    write("node_modules/x/.env");
    WorkspaceWalk walk = walkRefusedBy(name);
    walk.through(root);

    assertThat(closings(walk)).containsEntry(Path.of(name), Closing.HIDDEN);
    assertThat(walk.repositories())
        .isEqualTo(name.equals("open/.git") ? List.of() : List.of(root.resolve("open")));
  }

  @Test
  void aWorkspaceThatCannotBeReadIsRefused() throws IOException {
    WorkspaceWalk walk = walkRefusedBy("");

    assertThatThrownBy(() -> walk.through(root)).isInstanceOf(WallException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lib/.env.local",
        "a/b/c/.netrc",
        "node_modules/x/lib/.env",
        "node_modules/x/.ssh",
        "node_modules/.cache/t/.git-credentials",
        "new/er/.pgpass"
      })
  void aSecretThatCameSinceTheLastLookIsClosed(String name) throws IOException {
    write(name);

    assertThat(closed()).containsEntry(Path.of(name), Closing.HIDDEN).hasSize(5);
    assertThat(closed()).containsEntry(Path.of(name), Closing.HIDDEN).hasSize(5);
  }

  @Test
  void aSecretThatWentIsNotClosedAnyMore() throws IOException {
    write("lib/.env");
    settle();
    assertThat(closed()).hasSize(5);

    Files.move(root.resolve("lib/.env"), root.resolve("lib/open"));

    assertThat(closed()).hasSize(4);
  }

  @Test
  void aFolderThatTookThePlaceOfAnotherIsLookedAt() throws IOException {
    write("b/c/.env");
    write("b/c/.yarnrc");
    settle();
    assertThat(closed()).hasSize(6);

    Files.move(root.resolve("a/b"), root.resolve("x"));
    Files.move(root.resolve("b"), root.resolve("a/b"));

    assertThat(closed())
        .containsEntry(Path.of("a/b/c/.env"), Closing.HIDDEN)
        .containsEntry(Path.of("a/b/c/.yarnrc"), Closing.PINNED)
        .hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({
    ".env, lib/plain2, HIDDEN",
    ".aws/credentials, a/b/c/x, HIDDEN",
    ".vscode/tasks.json, src/x, READ_ONLY",
    ".npmrc, open/x, PINNED",
    ".env, node_modules/x/lib/x, HIDDEN",
    "lib/plain, .env.other, HIDDEN",
    "node_modules/x/lib/index, a/.netrc, HIDDEN",
    "src/Main, .claude/settings.json, READ_ONLY"
  })
  void anotherNameOfAClosedFileIsClosed(String name, String other, Closing closing)
      throws IOException {
    Files.createDirectories(root.resolve(other).getParent());
    Files.createLink(root.resolve(other), root.resolve(name));
    Path expected = name.startsWith(".") ? Path.of(other) : Path.of(name);

    assertThat(closed()).containsEntry(expected, closing);
    settle();
    assertThat(closed()).containsEntry(expected, closing);
    assertThat(closed()).as("remembered").containsEntry(expected, closing);
  }

  @Test
  void anotherNameOfAClosedFileElsewhereIsClosed() throws IOException {
    Path outside = Files.createTempFile(root.getParent(), "redoubt-", ".outside");
    try {
      Files.createLink(root.resolve("lib/x"), outside);
      var elsewhere = Map.of(Node.of(outside).identity(), Closing.HIDDEN);

      assertThat(closed(elsewhere, WorkspaceWalk.MOST))
          .containsEntry(Path.of("lib/x"), Closing.HIDDEN)
          .hasSize(5);
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void namesOfOpenFilesStayOpen() throws IOException {
    Files.createLink(root.resolve("lib/x"), root.resolve("lib/plain"));

    assertThat(closed()).hasSize(4);
  }

  @Test
  void whereALinkLeadsIsLookedAtEveryTime() throws IOException {
    Files.createSymbolicLink(root.resolve("lib/.env"), Path.of("plain"));
    settle();
    assertThat(closed()).containsEntry(Path.of("lib/plain"), Closing.HIDDEN);
    Files.createSymbolicLink(root.resolve("open/.envrc"), Path.of("../a"));
    settle();
    assertThat(closed()).containsKey(Path.of("a"));

    Files.move(root.resolve("a"), root.resolve("z"));
    Files.createSymbolicLink(root.resolve("a"), Path.of("lib/plain"));

    assertThat(closed()).doesNotContainKey(Path.of("a")).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {".vscode/settings.json", ".npmrc", ".mcp.json"})
  void whatPackagesWouldHaveObeyedStaysOpen(String name) throws IOException {
    write("node_modules/x/" + name);

    assertThat(closed()).hasSize(4);
  }

  @Test
  void whatGitWouldObeyIsClosedEverywhereWhateverItsFolderIsCalled() throws IOException {
    for (String git : List.of("node_modules/x/.git", "node_modules/y", "lib/meta")) {
      for (String name : List.of("HEAD", "config", "hooks/x", "objects/.env", "refs/x")) {
        write(git + "/" + name);
      }
    }
    write("lib/half/config");
    settle();
    assertThat(closed())
        .containsEntry(Path.of("node_modules/x/.git/config"), Closing.PINNED)
        .containsEntry(Path.of("node_modules/y/hooks"), Closing.READ_ONLY)
        .containsEntry(Path.of("node_modules/y/objects/.env"), Closing.HIDDEN)
        .containsEntry(Path.of("lib/meta/objects/.env"), Closing.HIDDEN)
        .containsEntry(Path.of("lib/meta/config"), Closing.PINNED)
        .doesNotContainKey(Path.of("lib/half/config"));

    for (String name : List.of("HEAD", "commondir")) {
      write("lib/half/" + name);
    }
    assertThat(closed())
        .containsEntry(Path.of("lib/half/config"), Closing.PINNED)
        .containsEntry(Path.of("lib/half/commondir"), Closing.PINNED);
  }

  @Test
  void whatLiesInAFolderIsClosedAsTheFolderIsNow() throws IOException {
    write("open/.git/away");
    write("open/.git/worktrees/x/commondir");
    write("open/.git/worktrees/x/HEAD");
    settle();
    assertThat(closed()).containsEntry(Path.of("open/.git"), Closing.READ_ONLY).hasSize(5);

    Files.move(root.resolve("open/.git/away"), root.resolve("open/.git/HEAD"));

    assertThat(closed()).containsKey(Path.of("open/.git/worktrees/x/commondir"));
  }

  @Test
  void tooManyNamesAreRefusedWhetherRememberedOrNot() throws IOException {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> closed(Map.of(), 10)).isInstanceOf(WallException.class);
    }
  }
}
