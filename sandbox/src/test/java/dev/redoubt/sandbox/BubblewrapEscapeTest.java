// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.kernel.NeedsLandlock;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways out of the wall, each tried for real.
@NeedsEngine("bwrap")
class BubblewrapEscapeTest {

  private static final String SECRET = "the-secret-itself";

  @TempDir Path folder;
  private Enclosed walled;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    walled =
        Enclosed.open(
            new BubblewrapBackend(),
            folder,
            (workspace, home) -> {
              Files.createDirectories(home.resolve(".ssh"));
              Files.writeString(home.resolve(".ssh/id_ed25519"), SECRET);
              Files.createDirectories(home.resolve("documents"));
              Files.writeString(home.resolve("documents/letter"), SECRET);
              Files.createDirectories(home.resolve(".cargo"));
              Files.writeString(home.resolve(".cargo/credentials.toml"), SECRET);
              Files.writeString(home.resolve(".cargo/env"), "a tool");
              Files.writeString(workspace.resolve(".env"), SECRET);
              Files.createDirectories(workspace.resolve("deep/er/.aws"));
              Files.writeString(workspace.resolve("deep/er/.aws/credentials"), SECRET);
              Files.writeString(workspace.resolve("deep/.env.local"), SECRET);
              Files.createDirectories(workspace.resolve(".git/hooks"));
              Files.writeString(workspace.resolve(".git/config"), "[core]\n");
              Files.writeString(workspace.resolve(".git/HEAD"), "ref: refs/heads/main\n");
              Files.createDirectories(workspace.resolve("part/.vscode"));
              Files.writeString(workspace.resolve("part/.vscode/tasks.json"), "{}");
              Files.writeString(workspace.resolve("elsewhere.json"), "linked");
              Files.createSymbolicLink(workspace.resolve(".mcp.json"), Path.of("elsewhere.json"));
              Files.writeString(workspace.resolve("readme"), "hello");
              Files.createLink(workspace.resolve("part/second"), workspace.resolve(".env"));
              Files.createLink(workspace.resolve("part/third"), home.resolve(".ssh/id_ed25519"));
              Files.createLink(
                  workspace.resolve("part/tasks"), workspace.resolve("part/.vscode/tasks.json"));
              Files.createDirectories(workspace.resolve("deep/node_modules/p/lib"));
              Files.writeString(workspace.resolve("deep/node_modules/p/lib/.env"), SECRET);
            });
    Files.writeString(walled.state.resolve("evidence"), SECRET);
    Files.writeString(folder.resolve("outside"), SECRET);
  }

  @AfterEach
  void close() throws IOException {
    walled.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat ~/.ssh/id_ed25519",
        "cat ~/documents/letter",
        "cat ~/.cargo/credentials.toml",
        "cat .env",
        "cat deep/er/.aws/credentials",
        "cat deep/.env.local",
        "mv deep deep2; cat deep*/.env.local",
        "mv deep/er er; cat er/.aws/credentials deep/er/.aws/credentials",
        "mv .env plain; cat plain",
        "ln .env plain; cat plain",
        "cp -r . /tmp/copy; cat /tmp/copy/.env",
        "tar cf - . | strings",
        "chmod 777 deep/er/.aws; cat deep/er/.aws/credentials",
        "ln -s .env plain; cat plain",
        "cat ../outside",
        "cat ../state/evidence",
        "cat /proc/*/root/$OLDPWD/../outside; cat /proc/1/root/$PWD/.env",
        "cat /proc/self/root/$PWD/.env; cat /proc/1/cwd/.env",
        "grep -r secret / --include=outside --include=evidence --include=letter 2>/dev/null",
        "cat < .env",
        "cat part/second part/third",
        "mv part/second x; cat x; ln part/third y; cat y",
        "cat deep/node_modules/p/lib/.env",
        "mv deep/node_modules deep/m; cat deep/m/p/lib/.env",
        "python3 -c 'print(open(\".env\").read())'; perl -e 'open F,\".env\"; print <F>'"
      })
  void aSecretIsNotRead(String line) {
    assertThat(walled.said(line)).doesNotContain(SECRET);
  }

  @Test
  void toolsOfTheHomeAreRead() {
    assertThat(walled.said("cat ~/.cargo/env readme")).isEqualTo("a toolhello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > ../outside",
        "echo x > ~/.bashrc",
        "echo x > ~/.cargo/env",
        "touch ~/new /usr/new /etc/new /opt/new /var/new /home/new /root/new /run/new /dev/new",
        "rm -rf ~/.cargo ~/documents ../state",
        "ln -s ../outside link; echo x > link",
        "ln ../outside hard; echo x > hard",
        "cp readme /proc/self/cwd/../outside"
      })
  void nothingOutsideTheWorkspaceIsWritten(String line) throws IOException {
    walled.run(line);

    assertThat(folder.resolve("outside")).hasContent(SECRET);
    assertThat(walled.home.resolve(".cargo/env")).hasContent("a tool");
    assertThat(Enclosed.namesIn(walled.home))
        .extracting(Path::toString)
        .containsExactly(".cargo", ".ssh", "documents");
    assertThat(List.of("/usr/new", "/etc/new", "/opt/new", "/var/new", "/home/new", "/run/new"))
        .noneMatch(path -> Files.exists(Path.of(path)));
    assertThat(walled.state.resolve("evidence")).hasContent(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > .git/config",
        "git config core.fsmonitor ./evil",
        "mv readme .git/config",
        "touch .git/hooks/pre-commit",
        "rm -rf .git",
        "mv .git .git2; mkdir -p .git/hooks; cp readme .git/config",
        "rm .git/config; echo x > .git/config",
        "echo x > part/.vscode/tasks.json",
        "mv part part2; mkdir -p part/.vscode; echo x > part/.vscode/tasks.json",
        "mv part/.vscode part/x; mkdir part/.vscode; echo x > part/.vscode/tasks.json",
        "rm -rf part; mkdir -p part/.vscode; echo x > part/.vscode/tasks.json",
        "ln -sfn ../readme part/.vscode",
        "echo x > elsewhere.json",
        "echo x > part/tasks",
        "rm part/tasks; echo x > part/tasks",
        "mount --bind readme .git/config; umount .git/config; umount -l .git; echo x > .git/config",
        "unshare -Urm sh -c 'umount .git/config; echo x > .git/config'"
      })
  void aProtectedPlaceIsNotWritten(String line) throws IOException {
    walled.run(line);

    assertThat(walled.workspace.resolve(".git/config")).hasContent("[core]\n");
    assertThat(Enclosed.namesIn(walled.workspace.resolve(".git/hooks"))).isEmpty();
    assertThat(walled.workspace.resolve("part/.vscode/tasks.json")).hasContent("{}");
    assertThat(walled.workspace.resolve("elsewhere.json")).hasContent("linked");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir -p .vscode; echo x > .vscode/tasks.json",
        "rm -rf .vscode; mkdir .vscode; echo x > .vscode/tasks.json",
        "mv .vscode old; mkdir .vscode; echo x > .vscode/tasks.json",
        "ln -s readme .cursor",
        "mv deep .idea",
        "mv -T deep .idea",
        "cp -rT .git .codex",
        "mkdir -p .claude/commands",
        "echo ../deep > .git/commondir",
        "rm -f .git/commondir; echo ../deep > .git/commondir",
        "mv .git/commondir .git/x; echo ../deep > .git/commondir",
        "touch .redoubt/redoubt.toml",
        "for i in $(seq 200); do mkdir .gemini/$i; touch .gemini; rmdir .gemini; done 2>/dev/null"
      })
  void aProtectedPlaceThatIsNotThereIsNotMade(String line) throws IOException {
    Ended ended = walled.run(line + "; true");

    assertThat(ended.loss()).isEmpty();
    assertThat(Enclosed.namesIn(walled.workspace))
        .extracting(Path::toString)
        .containsExactly(".env", ".git", ".mcp.json", "deep", "elsewhere.json", "part", "readme");
    assertThat(Enclosed.namesIn(walled.workspace.resolve(".git")))
        .extracting(Path::toString)
        .containsExactly("HEAD", "config", "hooks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > .npmrc",
        "echo x > redoubt.toml",
        "echo x > lefthook-local.yml",
        "mkdir -p .mvn && echo x > .mvn/jvm.config",
        "ln -s readme .envrc",
        "mkdir -p x/wrapper && ln -s x gradle",
        "mkdir -p .github/hooks && touch .github/hooks/x",
        "rm .mcp.json && echo x > .mcp.json",
        "rm .mcp.json && ln -s ../outside .mcp.json",
        "rm .mcp.json && mkdir -p .mcp.json/x",
        "rm .mcp.json",
        "mkdir -p part/.git/hooks",
        "mkdir -p a/b && echo x > a/b/.mcp.json",
        "mkdir -p a/.claude && echo x > a/.claude/settings.json",
        "mkdir a && ln -s ../deep a/.vscode",
        "mkdir a && echo gitdir: /tmp/x > a/.git",
        "mkdir a && ln -s ../.git a/.git",
        "git init -q a && echo x > a/.git/hooks/pre-commit",
        "git init -q a && git -C a config core.fsmonitor ./x",
        "git init -q a && mkdir a/.git/objects/info; echo /x > a/.git/objects/info/alternates",
        "git init -q --bare a.git && echo x > a.git/hooks/update",
        "git init -q a && git -C a remote add x ext::x"
      })
  void whatNoMountHoldsIsTakenBackAfterwards(String line) throws IOException {
    Ended ended = walled.run(line);

    assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
    assertThat(ended.loss())
        .hasValueSatisfying(loss -> assertThat(loss.kind()).isEqualTo(Tether.Loss.Kind.UNDONE));
    assertThat(walled.workspace)
        .satisfies(workspace -> {
          for (String name :
              List.of(".npmrc", "redoubt.toml", "lefthook-local.yml", ".mvn", ".envrc")) {
            assertThat(workspace.resolve(name)).doesNotExist();
          }
          for (String name :
              List.of(
                  ".mcp.json",
                  ".claude",
                  ".vscode",
                  ".git/hooks/pre-commit",
                  ".git/objects/info/alternates")) {
            assertThat(workspace.resolve("a").resolve(name)).doesNotExist();
          }
          assertThat(workspace.resolve("a/b/.mcp.json")).doesNotExist();
          assertThat(workspace.resolve("part/.git")).doesNotExist();
          assertThat(workspace.resolve("a/.git")).matches(path -> !Files.isSymbolicLink(path));
          assertThat(workspace.resolve("a.git/hooks")).doesNotExist();
          assertThat(workspace.resolve("gradle/wrapper")).doesNotExist();
          assertThat(workspace.resolve(".github/hooks")).doesNotExist();
          assertThat(Files.readSymbolicLink(workspace.resolve(".mcp.json")))
              .hasToString("elsewhere.json");
        });
    assertThat(folder.resolve("outside")).hasContent(SECRET);
  }

  /* What a time limit, a signal or a failure ends is swept and told like what ends by itself. */
  @ParameterizedTest
  @CsvSource({"sleep 600, 2", "kill -9 $$, 60", "exit 3, 60"})
  void whatWasTakenBackIsToldHoweverTheCommandEnded(String end, int seconds) {
    String line = "mkdir -p a && echo x > a/.mcp.json && touch /tmp/made; " + end;

    Outcome outcome =
        walled.sandbox.perform(
            SandboxContract.permit(walled.line(line)),
            new Manner(Streams.Captured.quiet(), Optional.of(Duration.ofSeconds(seconds)), false));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Ran.class,
            ran ->
                assertThat(ran.ended().loss().flatMap(Tether.Loss::undone))
                    .hasValueSatisfying(undone -> {
                      assertThat(undone.taken())
                          .containsExactly(walled.workspace.resolve("a/.mcp.json"));
                      assertThat(undone.left()).isEmpty();
                    }));
    assertThat(walled.workspace.resolve("a/.mcp.json")).doesNotExist();
  }

  @Test
  void aFolderTooDeepForAnyPathKeepsNothingFromBeingTakenBack() {
    String deep =
        "n=$(printf 'd%.0s' {1..200}); mkdir $1; cd $1; for i in {1..30}; do mkdir $n; cd $n; done;"
            + " mkdir .vscode; echo x > .vscode/tasks.json";

    Ended ended = walled.run("mkdir a; echo x > a/.mcp.json; set -- deeper; " + deep);

    assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
    assertThat(ended.loss().flatMap(Tether.Loss::undone))
        .hasValueSatisfying(undone -> {
          assertThat(undone.taken()).hasSize(2).contains(walled.workspace.resolve("a/.mcp.json"));
          assertThat(undone.left()).isEmpty();
        });
    assertThat(walled.said("find deeper -name .vscode; echo on")).isEqualTo("on\n");
  }

  @Test
  void whatGitWritesIntoANewRepositoryStays() {
    List<String> lines =
        List.of(
            "git init -q new && cd new && git -c user.name=x -c user.email=x@x.example commit -q"
                + " --allow-empty -m x",
            "git clone -q new clone && git init -q --bare bare.git",
            "cd new && git worktree add -q ../tree",
            "test -f new/.git/config -a -f clone/.git/config -a -f tree/.git -a -d bare.git/hooks");

    assertThat(lines)
        .extracting(walled::run)
        .allSatisfy(ended -> {
          assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
          assertThat(ended.loss()).isEmpty();
        });
  }

  @Test
  void commandsAtTheSameTimeHoldTheSamePlaces() throws IOException {
    List<Path> before = Enclosed.namesIn(walled.workspace);
    List<String> said =
        java.util.stream.IntStream.range(0, 12)
            .parallel()
            .mapToObj(i ->
                walled.said(
                    "sleep 0.%d; mkdir -p .vscode/x .claude/x .git/hooks/x 2>/dev/null || echo held"
                        .formatted(i % 4)))
            .toList();

    assertThat(said).containsOnly("held\n");
    assertThat(Enclosed.namesIn(walled.workspace)).isEqualTo(before);
    assertThat(Enclosed.namesIn(walled.workspace.resolve(".git/hooks"))).isEmpty();
  }

  @Test
  void aRepositoryIsWorkedInAsUsual() {
    assertThat(
            walled.said("mkdir a && echo b > a/b && mv a c && rm -r c && touch .git/index && ls"))
        .isEqualTo("deep\nelsewhere.json\npart\nreadme\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir here && mount -t tmpfs none here",
        "unshare -U true",
        "unshare -r true",
        "nsenter -t 1 -m true",
        "chroot / true",
        "strace true",
        "mknod device b 8 0",
        "keyctl show",
        // Harmless on a machine where nothing refuses them.
        "read -r v < /proc/sys/kernel/core_pattern && echo \"$v\" > /proc/sys/kernel/core_pattern",
        "echo h > /proc/sysrq-trigger",
        "read -r v < /sys/class/net/lo/mtu && echo \"$v\" > /sys/class/net/lo/mtu",
        "mkdir /sys/fs/cgroup/x",
        "cat /dev/vda",
        "exec 3<>/proc/1/mem",
        "ls /run/docker.sock /var/run/docker.sock",
        "hostname \"$(hostname)\"",
        "sudo -n true",
        "su nobody -s /bin/true",
        "exec 3<>/dev/tcp/169.254.169.254/80",
        "exec 3<>/dev/tcp/1.1.1.1/443",
        "getent hosts example.com",
        "echo x > /dev/tty"
      })
  void itIsRefused(String line) {
    assertThat(walled.run("(" + line + ")").ending().exitCode()).isNotZero();
  }

  @Test
  void aServerOfThisMachineIsNotReached() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(walled.run("(exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + ")").ending())
          .hasToString("Exited[code=1]");
    }
  }

  @Test
  void noProcessOutsideIsSeenOrEnded() {
    long own = ProcessHandle.current().pid();

    assertThat(walled.said("kill -0 " + own)).contains("No such process");
    assertThat(walled.run("ls -d /proc/[0-9]* | wc -l").output().toString().strip())
        .matches("[2-6]");
  }

  @Test
  void theFileToolsKeepToTheSameWall() {
    for (String name : List.of("part/second", "part/third", "deep/node_modules/p/lib/.env")) {
      assertThat(walled.perform(new Action.Read(walled.workspace.resolve(name))))
          .isInstanceOf(Outcome.RefusedByWall.class);
    }
    for (String name : List.of("part/tasks", "elsewhere.json")) {
      assertThat(walled.perform(write(walled.workspace.resolve(name))))
          .isInstanceOf(Outcome.RefusedByWall.class);
    }
    assertThat(walled.perform(new Action.Read(walled.workspace.resolve(".env"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(walled.perform(new Action.Read(walled.home.resolve("documents/letter"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(walled.perform(write(walled.workspace.resolve(".git/hooks/pre-commit"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(walled.perform(write(walled.workspace.resolve(".codex/config.toml"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(walled.perform(write(folder.resolve("outside"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(walled.perform(new Action.Delete(walled.workspace.resolve("part"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(walled.perform(write(walled.workspace.resolve("src/Main.java").getParent())))
        .isEqualTo(new Outcome.Changed());
  }

  private static Action write(Path path) {
    return new Action.Write(path, Content.of("x"));
  }

  /* The folder belongs to the user and no mount keeps it from being written: only Landlock does. */
  @Test
  @NeedsLandlock
  void landlockHoldsWhatAMountLeavesOpen() {
    assertThat(
            walled.said(
                "chmod 0755 /media /mnt; touch /media/made /mnt/made; ls /media /mnt;"
                    + " echo x > /tmp/x && echo x > /var/tmp/x && echo x > /dev/shm/x"
                    + " && echo x > ~/.cache/x && echo x > deep/x && cat /dev/shm/x"))
        .doesNotContain("made\n")
        .contains("\nx\n");
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    List<Path> before = Enclosed.namesIn(walled.workspace);
    for (int i = 0; i < 20; i++) {
      walled.run("true");
    }
    walled.close();

    assertThat(Enclosed.namesIn(walled.workspace)).isEqualTo(before);
    assertThat(Enclosed.namesIn(walled.state.resolve("sandbox")))
        .allMatch(name -> name.toString().endsWith(".lock"));
    assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
        .doesNotContain(folder.toRealPath().toString());
  }

  /* Only what lies outside /tmp is seen at all. */
  @Test
  void fromACopyNeitherTheWorkspaceNorAnotherCopyIsSeen(
      @TempDir(factory = OutsideTemporary.class) Path other)
      throws IOException, InterruptedException {
    try (Enclosed copy = Enclosed.openCopy(new BubblewrapBackend(), other, SECRET)) {
      String original = other.toRealPath().resolve("original").toString();

      for (String line :
          List.of(
              "cat O/.env; cat O/plain; ls -a O",
              "cat ../two/.env; cat ../two/plain; ls -a ..",
              "cat /proc/self/root/O/plain; cd .. && cat two/plain; cat ../original/plain",
              "ln -s O link; cat link/plain; ln O/plain hard; cat hard; mv O here; cat here/plain",
              "grep -r " + SECRET + " O ..")) {
        assertThat(copy.said(line.replace("O", original)))
            .as(line)
            .doesNotContain(SECRET, "plain\n");
      }
      assertThat(copy.perform(new Action.Read(Path.of(original, "plain"))))
          .isInstanceOf(Outcome.RefusedByWall.class);
      assertThat(copy.said("cat ../../beside; echo mine > m; cat m; echo x > ../new; rm -f link"))
          .startsWith(OutsideTemporary.seen(other, "beside\n") + "mine\n");
      assertThat(other.resolve("copies/new")).doesNotExist();
      assertThat(other.resolve("original/plain")).hasContent(SECRET);
    }
  }

  /* Below /tmp every folder may be written anyway, so the home is elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"absent", "link", "file", "folder"})
  void cachesCanBeFilledWhateverTheHomeHasInTheirPlace(
      String there, @TempDir(factory = OutsideTemporary.class) Path other)
      throws IOException, InterruptedException {
    Enclosed.Preparation before =
        (_, home) -> {
          Path cache = home.resolve(".cache");
          switch (there) {
            case "link" -> Files.createSymbolicLink(cache, Path.of("documents"));
            case "file" -> Files.writeString(cache, SECRET);
            case "folder" -> Files.createDirectory(cache);
            default -> assertThat(cache).doesNotExist();
          }
        };

    try (Enclosed fresh = Enclosed.open(new BubblewrapBackend(), other, before)) {
      assertThat(fresh.said("mkdir ~/.cache/pip && echo x > ~/.cache/pip/a && cat ~/.cache/pip/a"))
          .isEqualTo("x\n");
    }
  }

  static final class OutsideTemporary implements TempDirFactory {
    private static final List<String> EMPTIED =
        List.of("/tmp", "/var/tmp", "/home", "/root", "/mnt", "/media", "/run");

    /// Returns `text` where a wall shows `place`, and nothing where the sources lie in a folder
    /// that it shows empty.
    static String seen(Path place, String text) throws IOException {
      Path real = place.toRealPath();
      return EMPTIED.stream().anyMatch(real::startsWith) ? "" : text;
    }

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      return Files.createTempDirectory(
          Files.createDirectories(Path.of("target").toAbsolutePath()), "home");
    }
  }
}
