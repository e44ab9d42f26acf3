// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The work is the same on both machines, and nothing of either is lost.
@NeedsEngine("sshd")
@ResourceLock("sessions on the far side")
class SshSyncTest {

  @TempDir static Path keys;
  private static SshServer server;

  @TempDir Path folder;
  private SshFixture both;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    server = SshServer.start(keys.toRealPath().resolve("sshd"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void open() throws IOException, InterruptedException {
    Path real = folder.toRealPath();
    both =
        new SshFixture(
            real, server.settings(real.resolve("far").toString()), SshBackend.Waiting.USUAL);
  }

  @AfterEach
  void close() throws IOException {
    both.close();
  }

  @Test
  void whatIsHereIsThereBeforeACommandAndBackAfterIt() throws Exception {
    write(both.near, "a/b/c ä.txt", "here");
    Files.createSymbolicLink(both.near.resolve("link"), Path.of("a/b"));
    Path program = write(both.near, "run.sh", "echo ran");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));

    assertThat(
            both.run(
                    "cat 'link/c ä.txt'; sh ./run.sh; test -x run.sh && echo x; mkdir -p n/e/w;"
                        + " echo there > n/e/w/f; ln -s n/e m; chmod +x 'a/b/c ä.txt'; rm run.sh")
                .output())
        .hasToString("hereran\nx\n");

    assertThat(both.near.resolve("m/w/f")).hasContent("there\n");
    assertThat(Files.readSymbolicLink(both.near.resolve("m"))).hasToString("n/e");
    assertThat(Files.isExecutable(both.near.resolve("a/b/c ä.txt"))).isTrue();
    assertThat(program).doesNotExist();
    assertThat(both.notices).isEmpty();
  }

  @Test
  void aDeletionGoesTheOtherWayAndAFolderWithIt() throws Exception {
    write(both.near, "old/one", "1");
    write(both.near, "old/two", "2");
    write(both.near, "mine/x", "3");
    write(both.near, "stays", "4");
    both.run("true");
    Files.delete(both.near.resolve("mine/x"));
    Files.delete(both.near.resolve("mine"));

    both.run("rm -r old");

    assertThat(both.near.toFile().list()).containsExactly("stays");
    assertThat(both.far.toFile().list()).containsExactly("stays");
  }

  @Test
  void whatIsKnownIsNotReadAgainAndAChangeThatHidesIsSeen() throws Exception {
    List<Path> files = new ArrayList<>();
    for (String name : List.of("here", "there", "sub/same")) {
      files.add(write(both.near, name, "text 1"));
    }
    both.run("true");
    // What changed in the last two seconds is not remembered.
    TimeUnit.MILLISECONDS.sleep(2100);
    both.reopen();
    both.run("true");
    Path known = folder.toRealPath().resolve("state/ssh-sync");
    for (String side : List.of("hashes-here", "hashes-there")) {
      try (Stream<Path> found = Files.find(known, 2, (path, _) -> path.endsWith(side))) {
        assertThat(Files.readString(found.findFirst().orElseThrow()))
            .contains("\there\n", "\tthere\n", "\tsub/same\n");
      }
    }

    FileTime before = Files.getLastModifiedTime(files.get(0));
    Files.writeString(files.get(0), "text 2");
    Files.setLastModifiedTime(files.get(0), before);
    both.run("touch -r there stamp; printf 'text 3' > there; touch -r stamp there; rm stamp");

    assertThat(both.far.resolve("here")).hasContent("text 2");
    assertThat(both.near.resolve("there")).hasContent("text 3");
    assertThat(both.notices).isEmpty();
  }

  @Test
  void whatBothChangedStaysAsItIsOnBoth() throws Exception {
    write(both.near, "f", "base");
    both.run("true");
    write(both.near, "f", "mine");
    write(both.far, "f", "theirs");

    both.run("true");
    both.reopen();
    both.run("true");

    assertThat(both.near.resolve("f")).hasContent("mine");
    assertThat(both.far.resolve("f")).hasContent("theirs");
    assertThat(both.notices).contains(new SyncNotice.Conflict("f"));

    Files.delete(both.near.resolve("f"));
    both.run("true");

    assertThat(both.near.resolve("f")).hasContent("theirs");
  }

  @Test
  void whatOneDeletedAndTheOtherChangedComesBack() throws Exception {
    write(both.near, "f", "base");
    write(both.near, "g", "base");
    both.run("true");
    Files.delete(both.near.resolve("f"));
    write(both.far, "f", "theirs");
    write(both.near, "g", "mine");
    Files.delete(both.far.resolve("g"));

    both.run("true");

    assertThat(both.near.resolve("f")).hasContent("theirs");
    assertThat(both.far.resolve("g")).hasContent("mine");
    assertThat(both.notices)
        .containsExactlyInAnyOrder(new SyncNotice.Revived("f"), new SyncNotice.Revived("g"));
  }

  @Test
  void whatLayThereBeforeTheFirstTimeIsNotOverwritten() throws Exception {
    write(both.near, "f", "mine");
    write(both.near, "same", "same");
    write(both.far, "f", "theirs");
    write(both.far, "same", "same");
    write(both.far, "only-there", "x");

    both.run("true");

    assertThat(both.near.resolve("f")).hasContent("mine");
    assertThat(both.far.resolve("f")).hasContent("theirs");
    assertThat(both.near.resolve("only-there")).hasContent("x");
    assertThat(both.notices).containsExactly(new SyncNotice.Conflict("f"));
  }

  @Test
  void aFarFolderThatWasEmptiedDeletesNothingHere() throws Exception {
    write(both.near, "a/f", "1");
    both.run("true");

    both.run("rm -rf a");

    assertThat(both.near.resolve("a/f")).hasContent("1");
    assertThat(both.far.resolve("a/f")).hasContent("1");
    assertThat(both.notices).containsExactly(new SyncNotice.StartedAnew());
  }

  @Test
  void aFarFolderThatIsGoneDeletesNothingHere() throws Exception {
    write(both.near, "f", "1");
    both.run("true");

    Ending ending = both.run("rm -rf \"$PWD\"").ending();

    assertThat(ending).isInstanceOf(Ending.Cut.class);
    assertThat(both.near.resolve("f")).hasContent("1");
  }

  @Test
  void aSecretDoesNotGoThereAndIsNotDeletedForIt() throws Exception {
    write(both.near, ".env", "TOKEN=x");
    write(both.near, "f", "1");

    both.run("echo 2 > f");

    assertThat(both.far.resolve(".env")).doesNotExist();
    assertThat(both.near.resolve(".env")).hasContent("TOKEN=x");
    assertThat(both.near.resolve("f")).hasContent("2");
    assertThat(both.notices).extracting(SyncNotice::path).containsExactly(".env");
  }

  @Test
  void whatThisMachineObeysDoesNotComeBack() throws Exception {
    write(both.near, ".git/hooks/pre-commit", "mine");
    write(both.near, ".git/HEAD", "ref: refs/heads/main");

    both.run(
        "echo evil > .git/hooks/pre-commit; echo evil > .git/config; echo '{}' > .mcp.json;"
            + " mkdir .claude; echo evil > .claude/settings.json; ln -s /etc/passwd out;"
            + " ln -s .git/hooks in; echo other > .git/HEAD; mkfifo pipe; echo fine > fine");

    assertThat(both.near.resolve(".git/hooks/pre-commit")).hasContent("mine");
    assertThat(both.near.resolve(".git/HEAD")).hasContent("other");
    assertThat(both.near.resolve("fine")).hasContent("fine");
    for (String name : new String[] {".git/config", ".mcp.json", ".claude", "out", "in", "pipe"}) {
      assertThat(Files.exists(both.near.resolve(name), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }
    assertThat(both.notices)
        .extracting(SyncNotice::path)
        .contains(".git/config", ".git/hooks/pre-commit", ".mcp.json", "out", "in");
  }

  @Test
  void whatGitObeysUnderAnotherNameDoesNotComeBack() throws Exception {
    write(both.near, ".git", "gitdir: ./meta");
    write(both.near, "meta/HEAD", "ref: refs/heads/main");
    write(both.near, "meta/objects/x", "x");
    write(both.near, "meta/refs/heads/main", "x");
    write(both.near, "meta/config", "[core]\nhooksPath = tools/hooks\n[include]\npath = ../inc\n");
    String config = Files.readString(both.near.resolve("meta/config"));

    both.run(
        "echo evil > meta/config; mkdir meta/hooks tools tools/hooks; echo evil > meta/hooks/x;"
            + " echo evil > tools/hooks/x; echo evil > inc; echo y > meta/refs/heads/main;"
            + " mkdir -p q/objects q/refs; cp meta/HEAD q; echo evil > q/config; echo x > q/index;"
            + " mkdir -p l; cp meta/HEAD l; echo ../q > l/commondir");

    assertThat(both.near.resolve("meta/config")).hasContent(config);
    assertThat(both.near.resolve("meta/refs/heads/main")).hasContent("y");
    assertThat(both.near.resolve("q/index")).hasContent("x");
    for (String name :
        new String[] {"meta/hooks/x", "tools/hooks/x", "inc", "q/config", "l/commondir"}) {
      assertThat(both.near.resolve(name)).doesNotExist();
    }
  }

  @Test
  void aFileThatBecomesAFolderAndAFolderThatBecomesAFile() throws Exception {
    write(both.near, "x", "file");
    write(both.near, "y/z", "below");
    write(both.near, "p", "file");
    write(both.near, "q/r", "below");
    both.run("true");
    Files.delete(both.near.resolve("p"));
    write(both.near, "p/s", "now below");
    Files.delete(both.near.resolve("q/r"));
    Files.delete(both.near.resolve("q"));
    write(both.near, "q", "now file");

    assertThat(both.run("cat p/s q; rm x; mkdir x; echo a > x/f; rm -r y; echo b > y").output())
        .hasToString("now belownow file");

    assertThat(both.near.resolve("x/f")).hasContent("a\n");
    assertThat(both.near.resolve("y")).hasContent("b\n");
    assertThat(both.notices).isEmpty();
  }

  @Test
  void aPrivateFileStaysPrivate() throws Exception {
    Path file = write(both.near, "f", "1");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    both.run("echo 2 > f");

    assertThat(file).hasContent("2");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void anotherSessionKnowsWhatBothHadInCommon() throws Exception {
    write(both.near, "f", "1");
    both.run("true");
    both.close();
    Files.delete(both.near.resolve("f"));
    write(both.near, "g", "2");

    both.reopen();
    both.run("true");

    assertThat(both.far.resolve("f")).doesNotExist();
    assertThat(both.far.resolve("g")).hasContent("2");
  }

  @Test
  void namesLikeOptionsPassAndNamesOfTwoLinesStayWhereTheyAre() throws Exception {
    List<String> names =
        List.of("-rf", "--checkpoint-action=exec=touch hacked", "@list", "-T", "; ls");
    for (String name : names) {
      write(both.near, name, "here");
    }
    write(both.near, "two\nlines", "mine");

    both.run(
        "for f in * ; do echo there > \"./$f\"; done; echo x > \"$(printf 'b\\nc')\"; rm ./-T");

    for (String name : names) {
      if (name.equals("-T")) {
        assertThat(both.near.resolve(name)).doesNotExist();
      } else {
        assertThat(both.near.resolve(name)).hasContent("there");
      }
    }
    assertThat(both.near.resolve("two\nlines")).hasContent("mine");
    assertThat(both.near.toFile().list()).hasSize(names.size());
    assertThat(both.far.resolve("hacked")).doesNotExist();

    Files.delete(both.near.resolve("-rf"));
    both.run("true");
    assertThat(both.far.resolve("-rf")).doesNotExist();
    assertThat(both.far.resolve("b\nc")).hasContent("x");
  }

  @Test
  void aFolderThatBecameALinkOutOfTheWorkIsNotWrittenThrough() throws Exception {
    Path outside = write(folder.toRealPath(), "outside/f", "untouched");
    write(both.near, "d/f", "1");
    both.run("rm -r d; ln -s %s d".formatted(outside.getParent()));
    assertThat(both.near.resolve("d/f")).doesNotExist();
    write(both.near, "d/f", "evil");
    write(both.near, "d/g", "evil");

    both.run("true");

    assertThat(outside).hasContent("untouched");
    assertThat(outside.getParent().toFile().list()).containsExactly("f");
    assertThat(both.near.resolve("d/f")).hasContent("evil");
    assertThat(both.notices)
        .contains(new SyncNotice.Conflict("d/f"), new SyncNotice.Conflict("d/g"));
  }

  private static Path write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
