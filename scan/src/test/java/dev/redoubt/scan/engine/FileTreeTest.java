// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.model.Gap;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

  @TempDir Path outside;

  @Test
  void filesAreListedInTheOrderOfTheirPaths() throws IOException {
    Path root = tree("b/x.lock", "a.lock", "b/a/y.lock");

    assertThat(paths(root)).containsExactly("a.lock", "b/a/y.lock", "b/x.lock");
  }

  @Test
  void installedPackagesAndBuildOutputAreLeftOutAndCountedOnce() throws IOException {
    Path root =
        tree("node_modules/a/p.lock", "web/node_modules/b/p.lock", "Cargo.toml", "target/x.lock");

    Listing listing = FileTree.of(root, ScanLimits.DEFAULT).list();

    assertThat(listing.files()).containsExactly(new FileEntry("Cargo.toml", 1));
    assertThat(listing.skipped())
        .containsExactly(
            new Skip(
                "node_modules",
                2,
                "node_modules",
                "installed packages; their lock file is read instead"),
            new Skip("target", 1, "target", "build output"));
  }

  @Test
  void aFolderThatOnlyHasTheNameOfBuildOutputIsLookedAt() throws IOException {
    assertThat(paths(tree("docs/build/requirements.txt", "target/Cargo.lock")))
        .containsExactly("docs/build/requirements.txt", "target/Cargo.lock");
  }

  @Test
  void whatIsExcludedIsLeftOutAndReported() throws IOException {
    Listing listing =
        FileTree.of(
                tree("a/testdata/x.lock", "b.lock"), ScanLimits.DEFAULT, List.of("**/testdata/**"))
            .list();

    assertThat(listing.files()).containsExactly(new FileEntry("b.lock", 1));
    assertThat(listing.skipped())
        .containsExactly(
            new Skip("excluded", 1, "a/testdata", "scan.exclude in the configuration"));
  }

  @Test
  void aLoopOfLinkedFoldersEnds() throws IOException {
    Path root = tree("a/x.lock");
    Files.createSymbolicLink(root.resolve("a/loop"), root);

    assertThat(paths(root)).containsExactly("a/x.lock");
  }

  @Test
  void aLinkThatLeadsOutsideIsNotFollowedButKnown() throws IOException {
    Path root = tree("a.lock");
    Path secret = Files.writeString(outside.resolve("secret.lock"), "s");
    Files.createSymbolicLink(root.resolve("b.lock"), secret);

    Listing listing = FileTree.of(root, ScanLimits.DEFAULT).list();

    assertThat(listing.files()).containsExactly(new FileEntry("a.lock", 1));
    assertThat(listing.unreadable())
        .containsExactly(
            new Listing.Unreadable(
                new FileEntry("b.lock", 0),
                new Gap(
                    "b.lock",
                    null,
                    "is a link that leads outside what is scanned",
                    "scan the folder it leads to as well")));
  }

  @Test
  void noSiblingLiesOutside() throws IOException {
    Path root = tree("a/x.lock", "y.lock");
    Files.writeString(outside.resolve("secret"), "s");
    Files.createSymbolicLink(root.resolve("a/link"), outside.resolve("secret"));
    FileTree tree = FileTree.of(root, ScanLimits.DEFAULT);
    SourceFile file = tree.open(new FileEntry("a/x.lock", 1));

    assertThat(file.sibling("../y.lock").map(SourceFile::entry))
        .isEqualTo(Optional.of(new FileEntry("y.lock", 1)));
    assertThat(file.sibling("../../secret")).isEmpty();
    assertThat(file.sibling("/etc/passwd")).isEmpty();
    assertThat(file.sibling("link")).isEmpty();
    assertThat(file.sibling("missing")).isEmpty();
    assertThat(file.sibling("a\0b")).isEmpty();
  }

  @Test
  void aFileOverTheLimitIsRefusedBeforeItIsRead() throws IOException {
    Path root = tree("a.lock");
    Files.writeString(root.resolve("a.lock"), "0123456789");
    FileTree tree = FileTree.of(root, new ScanLimits(9, 10, 10));

    assertThatThrownBy(() -> tree.open(tree.list().files().getFirst()).bytes())
        .hasMessage("10 bytes is over the limit of 9");
  }

  @Test
  void aTreeOfTooManyEntriesIsCutWithAGap() throws IOException {
    Path root = tree("a.lock", "b.lock", "c.lock");

    Listing listing = FileTree.of(root, new ScanLimits(10, 2, 10)).list();

    assertThat(listing.files()).hasSizeLessThan(3);
    assertThat(listing.gaps())
        .containsExactly(
            new Gap(
                null,
                null,
                "more than 2 files and folders: the rest was not looked at",
                "scan the parts of it one by one"));
  }

  @Test
  void aFolderThatIsTooDeepIsAGap() throws IOException {
    Path root = tree("a/b/x.lock");

    assertThat(FileTree.of(root, new ScanLimits(10, 10, 1)).list().gaps())
        .containsExactly(
            new Gap("a/b", null, "is deeper than 1 folders", "scan this folder by itself"));
  }

  @Test
  void aSingleFileIsATreeOfItsOwn() throws IOException {
    Path root = tree("a.lock", "b.lock");

    assertThat(paths(root.resolve("b.lock"))).containsExactly("b.lock");
  }

  @Test
  void nothingThereIsAnErrorThatNamesThePath() {
    assertThatThrownBy(() -> FileTree.of(outside.resolve("nowhere"), ScanLimits.DEFAULT))
        .isInstanceOf(RedoubtException.class)
        .hasMessage(
            "cannot scan \"%s\": there is no such file or folder"
                .formatted(outside.resolve("nowhere")));
  }

  @Test
  void aNameThatIsNoTextIsListedReadAndHasSiblings() throws IOException {
    Path root = tree("a.lock");
    Path folder = Files.createDirectory(Path.of(URI.create(root.toUri() + "x%FFy")));
    Files.writeString(folder.resolve("b.lock"), "b");
    Files.writeString(folder.resolve("c.lock"), "c");

    FileTree tree = FileTree.of(root, ScanLimits.DEFAULT);
    List<FileEntry> files = tree.list().files();

    assertThat(files).hasSize(3);
    SourceFile file = tree.open(files.get(1));
    assertThat(file.text()).isEqualTo("b");
    assertThat(file.siblings()).containsExactly("b.lock", "c.lock");
    assertThat(file.sibling("c.lock").orElseThrow().text()).isEqualTo("c");
  }

  @Test
  void textIsDecodedByItsByteOrderMark() throws IOException {
    Path root = tree("a.txt");
    Files.write(root.resolve("a.txt"), "\uFEFFgrün".getBytes(StandardCharsets.UTF_16LE));
    FileTree tree = FileTree.of(root, ScanLimits.DEFAULT);

    assertThat(tree.open(tree.list().files().getFirst()).text()).isEqualTo("grün");
  }

  private static List<String> paths(Path root) {
    return FileTree.of(root, ScanLimits.DEFAULT).list().files().stream()
        .map(FileEntry::path)
        .toList();
  }

  private Path tree(String... files) throws IOException {
    Path root = Files.createDirectory(outside.resolve("root"));
    for (String file : files) {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "x");
    }
    return root;
  }
}
