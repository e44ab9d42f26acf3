// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways out of a container, each tried for real. All in one container, as an agent would.
@NeedsEngine(value = "dockerd", right = NeedsEngine.Right.ROOT)
@ResourceLock("container engine")
class DockerEscapeTest {

  private static final String SECRET = "the-secret-itself";
  private static final ResourceLimits SMALL =
      new ResourceLimits(64, 96L << 20, 2L << 20, 4L << 20, 100);

  @TempDir static Path folder;
  private static Enclosed walled;

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    walled =
        Enclosed.open(
            new DockerBackend(DockerEngine.shared().settings()),
            folder,
            SMALL,
            (workspace, home) -> {
              Files.createDirectories(home.resolve(".ssh"));
              Files.writeString(home.resolve(".ssh/id_ed25519"), SECRET);
              Files.writeString(workspace.resolve(".env"), SECRET);
              Files.createDirectories(workspace.resolve("deep/er/.aws"));
              Files.writeString(workspace.resolve("deep/er/.aws/credentials"), SECRET);
              Files.createDirectories(workspace.resolve(".git/hooks"));
              Files.writeString(workspace.resolve(".git/config"), "[core]\n");
              Files.writeString(workspace.resolve(".git/HEAD"), "ref: refs/heads/main\n");
              Files.createDirectories(workspace.resolve("part/.vscode"));
              Files.writeString(workspace.resolve("part/.vscode/tasks.json"), "{}");
              Files.writeString(workspace.resolve("readme"), "hello");
              DockerSandboxTest.giveAway(workspace);
            });
    Files.writeString(walled.state.resolve("evidence"), SECRET);
    Files.writeString(folder.resolve("outside"), SECRET);
    for (Path open : new Path[] {folder, walled.state, walled.home}) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
  }

  @AfterAll
  static void close() throws IOException {
    walled.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat ../home/.ssh/id_ed25519 ../outside ../state/evidence",
        "cat /proc/1/root/$PWD/../outside /proc/self/cwd/../outside",
        "cat .env deep/er/.aws/credentials",
        "mv .env plain; cat plain",
        "ln .env plain; cat plain",
        "mv deep deep2; cat deep2/er/.aws/credentials; mv deep2 deep",
        "chmod 777 .env deep/er/.aws; cat .env deep/er/.aws/credentials",
        "cp -r . /tmp/copy; cat /tmp/copy/.env /tmp/copy/deep/er/.aws/credentials",
        "umount .env; cat .env; unshare -Urm umount .env; cat .env",
        "cat < .env; grep -r secret . 2>/dev/null"
      })
  void aSecretIsNotRead(String line) {
    assertThat(walled.said(line)).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > ../outside; echo x > ../home/.ssh/id_ed25519; rm -rf ../state ../home",
        "ln -s ../outside link; echo x > link; rm link",
        "ln ../outside hard; echo x > hard",
        "echo x > /proc/1/root/$PWD/../outside",
        "touch /bin/new /etc/new /new /var/new /run/new /usr/new; ls /bin/new /etc/new /new"
      })
  void nothingOutsideTheWorkspaceIsWritten(String line) throws IOException {
    walled.run(line);

    assertThat(folder.resolve("outside")).hasContent(SECRET);
    assertThat(walled.home.resolve(".ssh/id_ed25519")).hasContent(SECRET);
    assertThat(walled.state.resolve("evidence")).hasContent(SECRET);
    assertThat(walled.said("ls /bin/new /etc/new /new /var/new /run/new 2>/dev/null")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > .git/hooks/pre-commit",
        "echo x >> .git/config",
        "rm -rf .git",
        "mv .git other; mkdir -p .git/hooks; echo x > .git/hooks/pre-commit",
        "mv .git/hooks .git/old; mkdir .git/hooks; echo x > .git/hooks/pre-commit",
        "echo x > part/.vscode/tasks.json; rm -rf part/.vscode",
        "mv part part2; mkdir -p part/.vscode; echo x > part/.vscode/tasks.json",
        "mv part part2; cp -r part2 part; echo x > part/.vscode/tasks.json",
        "echo x > .env; rm .env"
      })
  void aProtectedPlaceIsNotWritten(String line) throws IOException {
    walled.run(line);

    assertThat(walled.workspace.resolve(".git/hooks")).isEmptyDirectory();
    assertThat(walled.workspace.resolve(".git/config")).hasContent("[core]");
    assertThat(walled.workspace.resolve("part/.vscode/tasks.json")).hasContent("{}");
    assertThat(walled.workspace.resolve(".env")).hasContent(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkdir -p .claude; echo x > .claude/settings.json",
        "mkdir -p .vscode; echo x > .vscode/tasks.json",
        "rmdir .vscode; mkdir .vscode; echo x > .vscode/tasks.json",
        "echo x > .git/commondir",
        "echo x > .mcp.json",
        "echo x > opencode.json"
      })
  void aProtectedPlaceThatIsNotThereIsNotMade(String line) {
    walled.run(line);

    for (String name :
        new String[] {
          ".claude/settings.json", ".vscode/tasks.json", "opencode.json", ".mcp.json/x"
        }) {
      assertThat(walled.workspace.resolve(name)).doesNotExist();
    }
    assertThat(walled.workspace.resolve(".git/commondir"))
        .satisfiesAnyOf(
            file -> assertThat(file).doesNotExist(), file -> assertThat(file).hasContent("."));
    assertThat(walled.workspace.resolve(".mcp.json"))
        .satisfiesAnyOf(
            file -> assertThat(file).doesNotExist(), file -> assertThat(file).isDirectory());
  }

  @Test
  void gitMayStillWriteWhatItKeeps() {
    assertThat(walled.said("echo x > .git/index && cat .git/index")).isEqualTo("x\n");
  }

  @Test
  void aSecretThatComesLaterIsHiddenToo() throws IOException {
    Path late = walled.workspace.resolve("late");
    Files.createDirectories(late);
    Files.writeString(late.resolve(".env"), SECRET);
    DockerSandboxTest.giveAway(walled.workspace);
    assertThat(walled.said("cat late/.env")).doesNotContain(SECRET);

    Path saved = Files.writeString(late.resolve("saved"), SECRET + " changed");
    Files.move(saved, late.resolve(".env"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(walled.said("cat late/.env")).doesNotContain(SECRET);

    Files.delete(late.resolve(".env"));
  }

  @Test
  void fileToolsAreInsideTheSameWall() {
    for (Path closed :
        new Path[] {
          walled.workspace.resolve(".env"), walled.home.resolve("x"), folder.resolve("outside")
        }) {
      assertThat(walled.perform(new Action.Read(closed))).isInstanceOf(Outcome.RefusedByWall.class);
    }
    Path hook = walled.workspace.resolve(".git/hooks/pre-commit");
    assertThat(walled.perform(new Action.Write(hook, Content.of("x"))))
        .isInstanceOf(Outcome.RefusedByWall.class);
  }

  @Test
  void noPrivilegeIsLeft() {
    assertThat(walled.said("grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status; id -u").lines())
        .containsExactly(
            "CapInh:\t0000000000000000",
            "CapPrm:\t0000000000000000",
            "CapEff:\t0000000000000000",
            "CapBnd:\t0000000000000000",
            "CapAmb:\t0000000000000000",
            "NoNewPrivs:\t1",
            "Seccomp:\t2",
            walled.said("stat -c %u .").strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mount -t tmpfs none /tmp",
        "mount --bind /etc /tmp",
        "unshare -U true",
        "unshare -n true",
        "unshare -Urm true",
        "mknod /tmp/disk b 8 0",
        "mknod disk c 1 1",
        "test -w /proc/sysrq-trigger",
        "test -w /proc/sys/kernel/core_pattern",
        "test -w /sys/kernel/uevent_helper",
        "test -r /proc/kcore",
        "ls /dev/sda /dev/vda /dev/mem /dev/kmsg",
        "ls /var/run/docker.sock /run/docker.sock",
        "test -w /sys/fs/cgroup/cgroup.procs",
        "test \"$(/bin/setuid-id -u)\" = 0"
      })
  void whatNeedsAPrivilegeFails(String line) {
    assertThat(walled.run(line).ending().exitCode()).isNotZero();
  }

  @ParameterizedTest
  @CsvSource({
    // Each system call as perl makes it, with its number on x86-64 and arm64.
    "ptrace,                     101, 117, '0, 0, 0, 0'",
    "process_vm_readv,           310, 270, '$$, 0, 0, 0, 0, 0'",
    "process_vm_writev,          311, 271, '$$, 0, 0, 0, 0, 0'",
    "io_uring_setup,             425, 425, '1, 0'",
    "keyctl,                     250, 219, '0, -3, 0'",
    "add_key,                    248, 217, '0, 0, 0, 0, 0'",
    "bpf,                        321, 280, '0, 0, 0'",
    "userfaultfd,                323, 282, '0'",
    "perf_event_open,            298, 241, '0, 0, 0, 0, 0'",
    "unshare,                    272, 97, '0x10000000'",
    "setns,                      308, 268, '0, 0'",
    "name_to_handle_at,          303, 264, '-100, 0, 0, 0, 0'",
    "socket of unix,              41, 198, '1, 1, 0'",
    "socket of vsock,             41, 198, '40, 1, 0'",
    "socket of packets,           41, 198, '17, 3, 0'",
    "socket with a high bit,      41, 198, '4294967297, 1, 0'",
    "raw socket,                  41, 198, '2, 3, 1'",
    "TIOCSTI,                     16, 29, '0, 0x5412, 0'",
    "TIOCSTI with a high bit,     16, 29, '0, 0x100005412, 0'",
    "TIOCLINUX,                   16, 29, '0, 0x541C, 0'",
    "personality,                135, 92, '0x0040000'",
    "mknod of a disk,            259, 33, '-100, 0, 0x6000, 2049'",
    "clone into a namespace,      56, 220, '0x10000000, 0, 0, 0, 0'",
    "a call of the future,       999, 999, '0'"
  })
  void theFilterRefuses(String name, int onX86, int onArm, String arguments) {
    int number = System.getProperty("os.arch").equals("amd64") ? onX86 : onArm;

    // 1 is "operation not permitted"; a call the kernel does not have is also answered with 38.
    assertThat(
            walled.said(
                "perl -e '$! = 0; my $r = syscall(%d, %s); print $r < 0 ? $! + 0 : \"done\"'"
                    .formatted(number, arguments)))
        .as(name)
        .isIn(name.endsWith("future") ? List.of("1", "38") : List.of("1"));
  }

  @Test
  void theFilterLetsOrdinaryProgramsWork() {
    assertThat(
            walled.said(
                """
                perl -MSocket -e '
                  socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, 0) or print "pair $!\\n";
                  socket(my $l, PF_INET, SOCK_STREAM, 6) or print "tcp $!\\n";
                  bind($l, sockaddr_in(0, INADDR_LOOPBACK)) && listen($l, 1) or print "listen $!\\n";
                  socket(my $c, PF_INET, SOCK_STREAM | 02000000, 0) or print "cloexec $!\\n";
                  connect($c, getsockname($l)) or print "connect $!\\n";
                  send($c, "x", 0) or print "send $!\\n";
                  socket(my $u, PF_INET, SOCK_DGRAM, 17) or print "udp $!\\n";
                  defined(my $p = fork) or print "fork $!\\n"; exit 3 if $p == 0;
                  waitpid($p, 0); print "waited " . ($? >> 8) . "\\n"'
                mkfifo fifo 2>/dev/null || perl -MPOSIX -e 'POSIX::mkfifo("fifo", 0600) or print "fifo $!"'
                test -p fifo && rm fifo && touch -d 2020-01-01 f && mv f g && ln -s g h && rm g h && sleep 0.01
                """))
        .isEqualTo("waited 3\n");
  }

  @Test
  void theNetworkHasNothingAndNoNames() throws IOException {
    try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(walled.said("tail -n +3 /proc/net/dev | cut -d: -f1").strip()).isEqualTo("lo");
      for (String target :
          new String[] {
            "127.0.0.1/" + here.getLocalPort(),
            InetAddress.getLocalHost().getHostAddress() + "/" + here.getLocalPort(),
            "169.254.169.254/80",
            "192.0.2.1/443",
            "172.17.0.1/22"
          }) {
        assertThat(
                walled
                    .run("timeout 5 bash -c 'exec 3<>/dev/tcp/" + target + "'")
                    .ending()
                    .exitCode())
            .as(target)
            .isNotZero();
      }
      assertThat(walled.run("timeout 5 bash -c 'echo x > /dev/udp/192.0.2.53/53'").ending())
          .isNotEqualTo(new Ending.Exited(0));
      assertThat(walled.run("timeout 10 getent hosts redoubt.example").ending())
          .isNotEqualTo(new Ending.Exited(0));
    }
  }

  @Test
  void processesOutsideAreNeitherSeenNorEnded() throws IOException {
    Process outside = new ProcessBuilder("sleep", "60").start();
    try {
      walled.run("kill -9 " + outside.pid() + " " + ProcessHandle.current().pid());

      assertThat(outside.isAlive()).isTrue();
      assertThat(walled.said("ls -d /proc/[0-9]* | wc -l").strip()).isIn("3", "4", "5", "6", "7");
    } finally {
      outside.destroyForcibly();
    }
  }

  @Test
  void theFirstProcessCannotBeEnded() {
    walled.run("kill -9 1; kill -TERM 1; kill -INT 1; kill -HUP 1; kill -9 -1");
    walled.run("echo line > /proc/1/fd/0; echo flood > /proc/1/fd/1");

    assertThat(walled.said("echo still")).isEqualTo("still\n");
  }

  @Test
  void aForkBombIsBoundedAndSweptUp() {
    Ended ended = walled.run("bomb() { bomb | bomb & }; bomb 2>/dev/null; sleep 2");

    assertThat(ended.ending().exitCode()).isNotNegative();
    Outcome next = walled.perform(walled.line("echo next"));
    if (next instanceof Outcome.NotStarted) {
      next = walled.perform(walled.line("echo next"));
    }
    assertThat(((Outcome.Ran) next).ended().output()).hasToString("next\n");
  }

  @Test
  void memoryIsBounded() {
    assertThat(walled.run("tail /dev/zero").ending()).isEqualTo(new Ending.Signalled(9));
  }

  @Test
  void temporaryFilesAndEveryFileAreBounded() {
    assertThat(
            walled.said(
                "for i in 1 2 3 4 5 6; do dd if=/dev/zero of=/tmp/f$i bs=1M count=1; done; rm"
                    + " /tmp/f*"))
        .contains("No space left on device");
    assertThat(walled.run("dd if=/dev/zero of=large bs=1M count=9").ending().exitCode())
        .isNotZero();
    assertThat(walled.workspace.resolve("large").toFile().length()).isEqualTo(2L << 20);
  }

  @Test
  void scenario47TheFactsSayWhatReallyRuns() {
    Map<String, String> facts = walled.sandbox.facts();

    String id =
        DockerEngine.shared().docker("image", "inspect", "--format={{.Id}}", DockerEngine.IMAGE);
    assertThat(facts)
        .containsEntry("container.image", DockerEngine.IMAGE)
        .containsEntry("container.image.id", id)
        .containsEntry("container.id", DockerEngine.shared().docker("ps", "--quiet", "--no-trunc"))
        .containsEntry("container.network", "none")
        .containsEntry("container.limit.processes", "64")
        .containsEntry("container.limit.memory", String.valueOf(96L << 20))
        .containsEntry("container.limit.cpus", "1.00")
        .containsEntry("container.mount." + walled.workspace, "rw " + walled.workspace);
    assertThat(facts.get("container.options"))
        .contains("--network=none", "--cap-drop=ALL", "--security-opt=no-new-privileges")
        .contains("--read-only", "--pids-limit=64")
        .doesNotContain("--mount");
    assertThat(facts.get("container.user")).matches("[1-9][0-9]*:[0-9]+");
  }
}
