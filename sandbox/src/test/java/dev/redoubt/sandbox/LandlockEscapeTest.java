// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Situation;
import dev.redoubt.sandbox.BubblewrapEscapeTest.OutsideTemporary;
import dev.redoubt.sandbox.kernel.NeedsLandlock;
import dev.redoubt.sandbox.landlock.LandlockBackend;
import dev.redoubt.sandbox.processes.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways out of the wall, each tried for real, and the ones that are open, which the backend names.
@NeedsLandlock
class LandlockEscapeTest {

  private static final String SECRET = "the-secret-itself";

  @TempDir Path folder;
  private Enclosed walled;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    walled =
        Enclosed.open(
            new LandlockBackend(),
            folder,
            (workspace, home) -> {
              Files.createDirectories(home.resolve(".ssh"));
              Files.writeString(home.resolve(".ssh/id_ed25519"), SECRET);
              Files.createDirectories(home.resolve("documents"));
              Files.writeString(home.resolve("documents/letter"), SECRET);
              Files.createDirectories(home.resolve(".cargo"));
              Files.writeString(home.resolve(".cargo/credentials.toml"), SECRET);
              Files.writeString(home.resolve(".cargo/env"), "a tool");
              Files.createDirectories(workspace.resolve(".git/hooks"));
              Files.writeString(workspace.resolve(".env"), SECRET);
              Files.writeString(workspace.resolve("readme"), "hello");
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
        "ls -R ~ | grep letter && echo " + SECRET,
        "ln -s ~/.ssh link; cat link/id_ed25519",
        "ln ~/.ssh/id_ed25519 hard; cat hard",
        "mv ~/.ssh here; cat here/id_ed25519",
        "cat ../outside",
        "cat ../state/evidence",
        "cat $TMPDIR/../../../evidence",
        "cat /proc/*/root/$PWD/../outside",
        "cat /proc/$PPID/cwd/../outside /proc/self/root/$PWD/../outside",
        "strings /proc/$PPID/environ /proc/$PPID/mem",
        "cd / && cat \"$OLDPWD\"/../outside",
        "grep -r " + SECRET + " \"$PWD/..\" --exclude-dir=workspace",
        "cat /etc/shadow && echo " + SECRET,
        "bash -c 'cat ../outside' & wait",
        "setsid env -i /bin/cat ../outside"
      })
  void aSecretOutsideTheWorkspaceIsNotRead(String line) {
    assertThat(walled.said(line)).doesNotContain(SECRET);
  }

  /* Only what lies outside /tmp is seen at all. */
  @Test
  void fromACopyNeitherTheWorkspaceNorAnotherCopyIsSeen(
      @TempDir(factory = OutsideTemporary.class) Path other)
      throws IOException, InterruptedException {
    try (Enclosed copy = Enclosed.openCopy(new LandlockBackend(), other, SECRET)) {
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

  @Test
  void toolsOfTheHomeAndTheSystemAreRead() {
    assertThat(walled.said("cat ~/.cargo/env readme; cat /etc/passwd >/dev/null && ls -d /usr/bin"))
        .isEqualTo("a toolhello/usr/bin\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > ../outside",
        "echo x >> ~/.bashrc",
        "echo x > ~/.cargo/env",
        "touch ~/new /usr/new /etc/new /opt/new /var/new /home/new /root/new /run/new /dev/new",
        "touch /tmp/redoubt-new /var/tmp/redoubt-new /dev/shm/redoubt-new",
        "rm -rf ~/.cargo ~/documents ../state",
        "ln -s ../outside link; echo x > link",
        "ln ../outside hard; echo x > hard",
        "mv ../outside here",
        "truncate -s 0 ../outside",
        "cp readme /proc/self/cwd/../outside",
        "touch escaped && mv escaped ../escaped"
      })
  void nothingOutsideTheWorkspaceIsWritten(String line) throws IOException {
    walled.run(line);

    assertThat(folder.resolve("outside")).hasContent(SECRET);
    assertThat(walled.home.resolve(".cargo/env")).hasContent("a tool");
    assertThat(Enclosed.namesIn(walled.home))
        .extracting(Path::toString)
        .containsExactly(".cargo", ".ssh", "documents");
    assertThat(Enclosed.namesIn(folder))
        .extracting(Path::toString)
        .containsExactly("home", "outside", "state", "workspace");
    assertThat(
            List.of("/usr/new", "/etc/new", "/tmp/redoubt-new", "/dev/shm/redoubt-new", "/dev/new"))
        .noneMatch(path -> Files.exists(Path.of(path)));
    assertThat(walled.state.resolve("evidence")).hasContent(SECRET);
  }

  @Test
  void theWorkspaceAndThePrivateTemporaryFolderAreWorkedInAsUsual() {
    assertThat(
            walled.said(
                "mkdir a && echo b > a/b && mv a c && rm -r c && f=$(mktemp) && echo t > $f"
                    + " && cat $f && mkdir -p $XDG_CACHE_HOME/x && cat <<< here && ls"))
        .isEqualTo("t\nhere\nreadme\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir here && mount -t tmpfs none here",
        "unshare -U true",
        "unshare -r true",
        "nsenter -t 1 -m true",
        "chroot / true",
        "mknod device b 8 0",
        "read -r v < /proc/sys/kernel/core_pattern && echo \"$v\" > /proc/sys/kernel/core_pattern",
        "echo h > /proc/sysrq-trigger",
        "read -r v < /sys/class/net/lo/mtu && echo \"$v\" > /sys/class/net/lo/mtu",
        "mkdir /sys/fs/cgroup/x",
        "cat /dev/vda",
        "hostname \"$(hostname)\"",
        "sudo -n true",
        "su nobody -s /bin/true",
        "exec 3<>/dev/tcp/169.254.169.254/80",
        "exec 3<>/dev/tcp/1.1.1.1/443",
        "exec 3<>/dev/udp/1.1.1.1/53",
        "getent hosts example.com",
        "echo x > /dev/tty",
        "perl -MSocket -e 'socket(my $s, AF_UNIX, SOCK_STREAM, 0) or exit 1'",
        "kill -0 $PPID",
        "kill -0 1",
        "cat /proc/$PPID/environ",
        "readlink /proc/$PPID/fd/0"
      })
  void itIsRefused(String line) {
    assertThat(walled.run("(" + line + ")").ending().exitCode()).isNotZero();
  }

  @Test
  void aServerOfThisMachineIsNotReached() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(walled.run("(exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + ")").ending())
          .isEqualTo(new Ending.Exited(1));
    }
  }

  @Test
  void theFileToolsKeepToAWallThatAlsoHoldsProtectedPlaces() {
    assertThat(walled.perform(new Action.Read(walled.home.resolve("documents/letter"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(walled.perform(new Action.Read(walled.workspace.resolve(".env"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(walled.perform(write(walled.workspace.resolve(".git/hooks/pre-commit"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(walled.perform(write(folder.resolve("outside"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
    assertThat(walled.perform(write(walled.workspace.resolve("new"))))
        .isEqualTo(new Outcome.Changed());
  }

  private static Action write(Path path) {
    return new Action.Write(path, Content.of("x"));
  }

  @Test
  void whatIsOpenIsSaidAndNothingIsAllowedForTheSakeOfTheWall() {
    assertThat(walled.said("echo x > .git/hooks/pre-commit && cat .env")).isEqualTo(SECRET);
    assertThat(new LandlockBackend().gaps())
        .anyMatch(gap -> gap.contains(".git/hooks"))
        .anyMatch(gap -> gap.contains(".env"));
    assertThat(new LandlockBackend().holds()).isEqualTo(Situation.Wall.HELD);
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    walled.run("mkdir -p $TMPDIR/a/b && touch $TMPDIR/a/b/c && ln -s / $TMPDIR/a/l");
    walled.run("chmod 000 $TMPDIR/a/b $TMPDIR/a");
    walled.close();

    assertThat(Enclosed.namesIn(walled.state.resolve("sandbox"))).isEmpty();
  }
}
