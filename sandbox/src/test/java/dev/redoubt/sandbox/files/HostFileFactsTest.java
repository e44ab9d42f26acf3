// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.FileFacts.Facts;
import dev.redoubt.guard.FileFacts.Kind;
import dev.redoubt.guard.FileFacts.Setting;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.paths.PathJudge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFileFactsTest {

  @TempDir Path temporary;
  private Path top;
  private Path work;
  private Path outside;
  private final HostFileFacts facts = new HostFileFacts(Path.of("/nonexistent/mountinfo"));

  @BeforeEach
  void makeTrees() throws IOException {
    top = temporary.toRealPath();
    work = Files.createDirectories(top.resolve("work/src")).getParent();
    outside = Files.createDirectories(top.resolve("outside/deep")).getParent();
    Files.writeString(work.resolve("src/A.java"), "a");
    Files.writeString(outside.resolve("secret.txt"), "s");
    Files.writeString(outside.resolve("deep/other.txt"), "o");
  }

  @Test
  void theSettingsOfTheRepositoryAroundAFolderAreFound() throws IOException {
    Path config = Files.createDirectories(work.resolve(".git")).resolve("config");
    Files.writeString(config, "[diff]\nexternal = ./x\n[user]\nname = a\n");
    List<Setting> external = List.of(new Setting("diff.external", "./x"));
    Files.createSymbolicLink(outside.resolve("in"), work.resolve("src"));

    assertThat(programs(work)).isEqualTo(external);
    assertThat(programs(work.resolve("src"))).isEqualTo(external);
    assertThat(programs(work.resolve(".git"))).isEqualTo(external);
    assertThat(programs(work.resolve("src/not/there"))).isEqualTo(external);
    assertThat(programs(outside.resolve("in"))).isEqualTo(external);
    assertThat(programs(outside)).isEmpty();
  }

  @Test
  void aWorktreeAndABareRepositoryAreRepositoriesToo() throws IOException {
    Path main = Files.createDirectories(work.resolve(".git/worktrees/b")).getParent().getParent();
    Files.writeString(main.resolve("config"), "[core]\nfsmonitor = ./x\n");
    Files.writeString(main.resolve("worktrees/b/commondir"), "../..\n");
    Files.writeString(main.resolve("worktrees/b/config.worktree"), "[diff]\nexternal = y\n");
    Files.writeString(outside.resolve(".git"), "gitdir: " + main.resolve("worktrees/b") + "\n");
    Path bare = Files.createDirectories(top.resolve("bare.git/objects")).getParent();
    Files.createDirectories(bare.resolve("refs"));
    Files.writeString(bare.resolve("HEAD"), "ref: refs/heads/main");
    Files.writeString(bare.resolve("config"), "[include]\npath = z\n");

    assertThat(programs(outside))
        .containsExactly(new Setting("core.fsmonitor", "./x"), new Setting("diff.external", "y"));
    assertThat(programs(bare)).containsExactly(new Setting("include.path", "z"));
  }

  @Test
  void settingsThatCannotBeReadCountAsAProgram() throws IOException {
    Files.createDirectories(work.resolve(".git/config"));

    assertThat(programs(work))
        .containsExactly(new Setting(work.resolve(".git/config").toString(), "cannot be read"));
  }

  private List<Setting> programs(Path folder) {
    return facts.repositoryPrograms(folder.toString());
  }

  private Facts of(Path path) {
    return facts.of(path.toString());
  }

  private static Facts found(Path real, Kind kind) {
    return new Facts(real.toString(), kind, 1, List.of());
  }

  private String answer(Access access, String path) {
    String absolute = path.startsWith("/") ? path : work + "/" + path;
    return named(new Effect.File(access, new Place(path, absolute, Place.Kind.EXACT)));
  }

  private String named(Effect.File effect) {
    Decision decision =
        new PathJudge(facts)
            .judge(effect, new Situation(work.toString(), Trust.TRUSTED, Wall.NONE, "/home/u"));
    return switch (decision) {
          case Decision.Allow _ -> "allow ";
          case Decision.Ask _ -> "ask ";
          case Decision.Deny _ -> "deny ";
        }
        + decision.rule();
  }

  @Test
  void whatGitObeysUnderAnotherNameIsJudgedLikeItsUsualOne() throws IOException {
    for (String git : List.of("meta", "bare")) {
      Files.createDirectories(work.resolve(git).resolve("objects"));
      Files.createDirectories(work.resolve(git).resolve("refs"));
      Files.writeString(work.resolve(git).resolve("HEAD"), "ref: refs/heads/main");
    }
    Files.createDirectories(work.resolve("half/objects"));
    Files.createDirectories(work.resolve("sub/lost"));
    Files.writeString(work.resolve("sub/.git"), "gitdir: lost");
    Files.writeString(work.resolve(".git"), "gitdir: ./meta");
    Files.writeString(
        work.resolve("meta/config"),
        "[core]\nhooksPath = tools/hooks\nfsmonitor = sh src/A.java\n[include]\npath = ../more\n");
    Files.createSymbolicLink(work.resolve("round"), Path.of("meta"));

    for (String path :
        List.of(
            "meta",
            "meta/config",
            "meta/hooks/pre-commit",
            "round/hooks/x",
            "src/../meta/hooks/x",
            "meta/config.worktree",
            "meta/worktrees/a/commondir",
            "bare/hooks/x",
            "bare/info/attributes",
            "sub/lost/config",
            "tools/hooks/pre-commit",
            "more")) {
      assertThat(answer(Access.WRITE, path)).as(path).isEqualTo("deny path.protected.git");
      assertThat(answer(Access.DELETE, path)).as(path).isEqualTo("deny path.protected.git");
      assertThat(answer(Access.READ, path)).as(path).isEqualTo("allow path.workspace");
    }
    for (String path : List.of("meta/HEAD", "bare/refs/x", "src/A.java")) {
      assertThat(answer(Access.WRITE, path)).as(path).isEqualTo("ask path.protected.git");
    }
    for (String path : List.of("half/HEAD", "half/config", "src/B.java", "tools/x")) {
      assertThat(answer(Access.WRITE, path)).as(path).isEqualTo("allow path.workspace");
    }
    Files.createDirectories(work.resolve("half/refs"));
    assertThat(answer(Access.WRITE, "half/HEAD")).isEqualTo("ask path.protected.git");
    assertThat(globbed("meta/*")).isEqualTo("deny path.protected.git");
    assertThat(globbed("src/*")).isEqualTo("allow path.workspace");
  }

  @Test
  void settingsOfGitThatCannotBeReadStopAWrite() throws IOException {
    Files.createDirectories(work.resolve(".git"));
    Files.writeString(work.resolve(".git/config"), "#".repeat((1 << 20) + 1));

    assertThat(answer(Access.WRITE, "src/A.java")).isEqualTo("deny path.unresolvable");
    assertThat(answer(Access.READ, "src/A.java")).isEqualTo("allow path.workspace");
  }

  private String globbed(String pattern) {
    Effect.File effect =
        new Effect.File(Access.DELETE, new Place(pattern, work + "/" + pattern, Place.Kind.GLOB));
    return named(effect);
  }

  @Test
  void whatIsThereIsFound() throws IOException {
    assertThat(of(work.resolve("src/A.java")))
        .isEqualTo(found(work.resolve("src/A.java"), Kind.FILE));
    assertThat(of(work)).isEqualTo(found(work, Kind.FOLDER));
    assertThat(facts.of("/")).isEqualTo(new Facts("/", Kind.FOLDER, 1, List.of()));
    assertThat(facts.of(work + "/./src//../src/A.java").real()).isEqualTo(work + "/src/A.java");
  }

  @Test
  void theShortWaySaysWhatTheWalkFromNameToNameSays() throws IOException {
    Files.createSymbolicLink(work.resolve("plain"), work.resolve("src/A.java"));
    Files.createSymbolicLink(work.resolve("folder"), Path.of("src"));
    Files.createSymbolicLink(work.resolve("round"), work.resolve("round"));
    Files.createSymbolicLink(work.resolve("nowhere"), Path.of("not/there"));
    Files.createSymbolicLink(work.resolve("self"), Path.of("."));
    Files.createLink(work.resolve("twin"), work.resolve("src/A.java"));
    HostFileFacts walking = HostFileFacts.through(path -> path);

    for (String path :
        List.of(
            "",
            "/",
            "/src",
            "/src/",
            "//src",
            "/src/A.java",
            "/src/A.java/",
            "/src/A.java/x",
            "/twin",
            "/plain",
            "/folder",
            "/folder/A.java",
            "/folder/..",
            "/folder/../plain",
            "/nowhere",
            "/nowhere/x",
            "/self/self/src",
            "/new/x",
            "/new/../src",
            "/./src",
            "/" + "n".repeat(300))) {
      assertThat(facts.of(work + path)).as(path).isEqualTo(walking.of(work + path));
    }
    assertThat(facts.of("/dev/null")).isEqualTo(walking.of("/dev/null"));
    assertThat(facts.of("/proc/self/cwd").real()).isEqualTo(walking.of("/proc/self/cwd").real());
    assertThatThrownBy(() -> facts.of(work + "/round")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void whatIsNotThereIsTakenAsWritten() {
    assertThat(of(work.resolve("new/file")))
        .isEqualTo(found(work.resolve("new/file"), Kind.NOTHING));
    assertThat(facts.of(work + "/new/../x").real()).isEqualTo(work + "/x");
    assertThat(of(work.resolve("src/A.java/x")))
        .isEqualTo(found(work.resolve("src/A.java/x"), Kind.NOTHING));
    assertThat(of(work.resolve("n".repeat(300))).kind()).isEqualTo(Kind.NOTHING);
  }

  @Test
  void aLinkInAnyPlaceIsFollowed() throws IOException {
    Files.createSymbolicLink(work.resolve("file"), outside.resolve("secret.txt"));
    Files.createSymbolicLink(work.resolve("folder"), outside);
    Files.createSymbolicLink(work.resolve("relative"), Path.of("../outside/deep"));
    Files.createSymbolicLink(work.resolve("chain"), Path.of("relative"));
    Files.createSymbolicLink(top.resolve("link-to-work"), work);

    assertThat(of(work.resolve("file"))).isEqualTo(found(outside.resolve("secret.txt"), Kind.FILE));
    assertThat(of(work.resolve("folder/secret.txt")).real()).isEqualTo(outside + "/secret.txt");
    assertThat(of(work.resolve("chain/other.txt")).real()).isEqualTo(outside + "/deep/other.txt");
    assertThat(of(work.resolve("chain/new.txt")))
        .isEqualTo(found(outside.resolve("deep/new.txt"), Kind.NOTHING));
    assertThat(of(top.resolve("link-to-work/src/A.java")).real()).isEqualTo(work + "/src/A.java");
  }

  @Test
  void twoDotsAfterALinkLeadWhereTheKernelGoes() throws IOException {
    Files.createSymbolicLink(work.resolve("a"), outside.resolve("deep"));

    assertThat(facts.of(work + "/a/../secret.txt").real()).isEqualTo(outside + "/secret.txt");
    assertThat(answer(Access.READ, "a/../secret.txt")).isEqualTo("deny path.link-escape");
  }

  @Test
  void aLinkToNothingSaysWhereItLeads() throws IOException {
    Files.createSymbolicLink(work.resolve("dangling"), outside.resolve("later/x"));

    assertThat(of(work.resolve("dangling")))
        .isEqualTo(found(outside.resolve("later/x"), Kind.DANGLING_LINK));
    assertThat(answer(Access.WRITE, "dangling")).isEqualTo("deny path.link-escape");
  }

  @Test
  void aLoopOfLinksIsDenied() throws IOException {
    Files.createSymbolicLink(work.resolve("x"), Path.of("y"));
    Files.createSymbolicLink(work.resolve("y"), Path.of("x"));

    assertThatThrownBy(() -> of(work.resolve("x"))).isInstanceOf(UncheckedIOException.class);
    assertThat(answer(Access.READ, "x")).isEqualTo("deny path.unresolvable");
  }

  @Test
  void linksOutOfTheWorkspaceAreDeniedAndLinksInsidePass() throws IOException {
    Files.createSymbolicLink(work.resolve("out"), outside);
    Files.createSymbolicLink(work.resolve("in"), work.resolve("src"));
    Files.createSymbolicLink(work.resolve("system"), Path.of("/usr/lib"));
    Files.createSymbolicLink(work.resolve("hooks"), Path.of(".git/hooks"));

    assertThat(answer(Access.READ, "out/secret.txt")).isEqualTo("deny path.link-escape");
    assertThat(answer(Access.LIST, "out")).isEqualTo("deny path.link-escape");
    assertThat(answer(Access.WRITE, "out/new.txt")).isEqualTo("deny path.link-escape");
    assertThat(answer(Access.DELETE, "out/secret.txt")).isEqualTo("deny path.link-escape");
    assertThat(answer(Access.READ, "in/A.java")).isEqualTo("allow path.workspace");
    assertThat(answer(Access.WRITE, "in/B.java")).isEqualTo("allow path.workspace");
    assertThat(answer(Access.READ, "system")).isEqualTo("allow path.workspace");
    assertThat(answer(Access.WRITE, "system/x")).isEqualTo("deny path.link-escape");
    assertThat(answer(Access.WRITE, "hooks/pre-commit")).isEqualTo("deny path.protected.git");
  }

  @Test
  void deletingALinkDeletesTheLink() throws IOException {
    Files.createSymbolicLink(work.resolve("out"), outside);

    assertThat(answer(Access.DELETE, "out")).isEqualTo("allow path.workspace");
    assertThat(answer(Access.DELETE, "out/")).isEqualTo("deny path.link-escape");
    assertThat(answer(Access.DELETE, "out/.")).isEqualTo("deny path.link-escape");
  }

  @Test
  void aWorkspaceThatIsReachedThroughALinkWorks() throws IOException {
    Path link = Files.createSymbolicLink(top.resolve("linked"), work);
    Situation linked = new Situation(link.toString(), Trust.TRUSTED, Wall.NONE, "/home/u");
    PathJudge judge = new PathJudge(facts);

    for (Path start : List.of(link, work)) {
      Place place = Place.at(start + "/src/B.java");
      assertThat(judge.judge(new Effect.File(Access.WRITE, place), linked))
          .isInstanceOf(Decision.Allow.class);
    }
  }

  @Test
  void aFileWithSeveralNamesIsCountedAndAskedAbout() throws IOException {
    Files.createLink(work.resolve("second"), outside.resolve("secret.txt"));

    assertThat(of(work.resolve("second")).links()).isEqualTo(2);
    assertThat(answer(Access.WRITE, "second")).isEqualTo("ask path.hard-link");
    assertThat(answer(Access.READ, "second")).isEqualTo("ask path.hard-link");
    assertThat(answer(Access.DELETE, "second")).isEqualTo("allow path.workspace");
  }

  @Test
  void deviceFilesAreSpecial() {
    assertThat(facts.of("/dev/null").kind()).isEqualTo(Kind.SPECIAL);
    assertThat(answer(Access.WRITE, "/dev/null")).isEqualTo("allow path.stream");
    assertThat(answer(Access.READ, "/dev/urandom")).isEqualTo("allow path.system");
    assertThat(answer(Access.READ, "/dev/zero")).startsWith("ask ");
  }

  @Test
  void askingChangesNothing() throws IOException {
    of(work.resolve("never/made"));
    answer(Access.WRITE, "never/made");

    assertThat(Files.exists(work.resolve("never"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void aFolderThatIsMountedTwiceHasTwoNames() throws IOException {
    Path table = top.resolve("mountinfo");
    Files.writeString(
        table,
        """
        21 1 8:1 / / rw,relatime - ext4 /dev/root rw
        22 21 0:20 / /proc rw - proc proc rw
        40 21 8:1 /etc %s rw - ext4 /dev/root rw
        41 21 8:1 /a\\040b /mnt/x rw - ext4 /dev/root rw
        42 21 8:2 / /home rw - ext4 /dev/other rw
        """
            .formatted(work.resolve("src")));
    HostFileFacts bound = new HostFileFacts(table);

    assertThat(bound.of(work + "/src/shadow").aliases()).containsExactly("/etc/shadow");
    assertThat(bound.of("/etc/hosts-none").aliases()).containsExactly(work + "/src/hosts-none");
    assertThat(bound.of("/mnt/x/c").aliases()).containsExactly("/a b/c");
    assertThat(bound.of("/home/nobody-here").aliases()).isEmpty();
    assertThat(
            new PathJudge(bound)
                .judge(
                    new Effect.File(Access.READ, Place.at(work + "/src/shadow")),
                    new Situation(work.toString(), Trust.TRUSTED, Wall.NONE, "/home/u"))
                .rule())
        .isEqualTo("path.sensitive.accounts");
  }

  @Test
  void theMountsOfThisMachineAreUnderstood() {
    assertThat(new HostFileFacts().of(work.toString()).real()).isEqualTo(work.toString());
  }
}
