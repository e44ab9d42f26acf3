// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.kernel.LandlockRules.Kind;
import dev.redoubt.sandbox.kernel.LandlockRules.Place;
import dev.redoubt.sandbox.kernel.LandlockRules.Presence;
import dev.redoubt.sandbox.kernel.LandlockRules.Right;
import dev.redoubt.sandbox.kernel.LandlockRules.Tcp;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsLandlock
class LandlockTest {

  @TempDir Path folder;
  private Path workspace;
  private Path outside;

  @BeforeEach
  void layOut() throws IOException {
    workspace = Files.createDirectory(folder.toRealPath().resolve("workspace"));
    outside = Files.createDirectory(folder.toRealPath().resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat ../outside/secret",
        "ls ../outside",
        "ls /",
        "echo x > ../outside/secret",
        "echo x >> ../outside/secret",
        "echo x > ../outside/new",
        "rm ../outside/secret",
        "mkdir ../outside/folder",
        "ln -s a ../outside/link",
        "ln ../outside/secret hard",
        "mv ../outside/secret here",
        "touch here && mv here ../outside/",
        "ln -s ../outside/secret soft; cat soft",
        "ln -s ../outside/new soft2; echo x > soft2",
        "mkfifo ../outside/pipe",
        "truncate -s 0 ../outside/secret",
        "cat /proc/$PPID/environ",
        "cat /proc/1/root/etc/passwd",
        "ls /proc/$PPID/root/",
        "ls /proc/$PPID/cwd/",
        "mknod device c 1 3",
        "echo x > /dev/kmsg",
        "kill -0 $PPID"
      })
  void whatNoPlaceCoversIsOutOfReach(String line) throws Exception {
    assertThat(Confined.shell(workspace, inside(line))).doesNotEndWith("exit 0");
    assertThat(outside).isDirectoryContaining("glob:**/secret");
    assertThat(outside.resolve("secret")).hasContent("secret");
    assertThat(outside.toFile().list()).containsExactly("secret");
    assertThat(workspace.resolve("hard")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x > a && cat a && rm a",
        "mkdir -p a/b && echo x > a/b/c && mv a/b/c d && rm -r a",
        "ln -s a b && ln -s /etc/passwd e && cat e > copy",
        "echo x > a && ln a b && truncate -s 0 b",
        "mkfifo pipe && { echo x > pipe & cat pipe; }",
        "cat /etc/passwd > /dev/null",
        "cat /proc/self/status > /dev/null && ls /proc/self/fd > /dev/null",
        "head -c 4 /dev/urandom > /dev/null",
        "sh -c 'sh -c true'",
        "echo x | cat | cat",
        "sleep 0 & wait $!",
        "sleep 100 & kill $!"
      })
  void whatAPlaceCoversWorks(String line) throws Exception {
    assertThat(Confined.shell(workspace, inside(line))).endsWith("exit 0");
  }

  @Test
  void theJvmAndItsOtherChildrenStayFree() throws Exception {
    Confined.shell(workspace, "true");

    Files.writeString(outside.resolve("after"), "free");
    Process free =
        new ProcessBuilder("/bin/sh", "-c", "cat ../outside/secret")
            .directory(workspace.toFile())
            .start();
    assertThat(free.waitFor()).isZero();
    assertThat(status("NoNewPrivs", Path.of("/proc/self/status"))).isEqualTo("0");
    assertThat(status("Seccomp", Path.of("/proc/self/status"))).isEqualTo("0");
  }

  @Test
  void oneFileIsAPlaceOfItsOwn() throws Exception {
    Path given = Files.writeString(outside.resolve("given"), "given");
    StartPlan start = with(new Place(given, Right.WRITE, Presence.REQUIRED));

    assertThat(sh(start, "cat %s; echo more >> %s; cat %s/secret".formatted(given, given, outside)))
        .startsWith("given")
        .doesNotContain("exit 0");
    assertThat(given).hasContent("givenmore\n");
  }

  @Test
  void aPlaceToReadCannotBeWritten() throws Exception {
    StartPlan start = with(new Place(outside, Right.READ, Presence.REQUIRED));

    assertThat(sh(start, "cat %s/secret".formatted(outside))).isEqualTo("secretexit 0");
    assertThat(sh(start, "echo x > %s/secret".formatted(outside))).doesNotEndWith("exit 0");
    assertThat(sh(start, "rm %s/secret".formatted(outside))).doesNotEndWith("exit 0");
  }

  @Test
  void aPlaceThatHasToBeThereAndIsNotStopsTheStart() throws Exception {
    Path marker = workspace.resolve("marker");
    StartPlan start = with(new Place(outside.resolve("gone"), Right.READ, Presence.REQUIRED));

    assertThatThrownBy(() -> sh(start, "touch " + marker))
        .isInstanceOf(KernelException.class)
        .hasMessage("\"%s/gone\": there is no such file (ENOENT)", outside);
    assertThat(marker).doesNotExist();
  }

  @Test
  void aPlaceThatMayBeAbsentIsPassedOver() throws Exception {
    StartPlan start = with(new Place(outside.resolve("gone"), Right.READ, Presence.OPTIONAL));

    assertThat(sh(start, "echo on")).isEqualTo("on\nexit 0");
  }

  @Test
  void aPlaceThatHasToBeAFolderIsAbsentWhereAFileIs() throws Exception {
    Path file = outside.resolve("secret");
    StartPlan optional = with(new Place(file, Right.WRITE, Presence.OPTIONAL, Kind.FOLDER));
    StartPlan required = with(new Place(file, Right.WRITE, Presence.REQUIRED, Kind.FOLDER));

    assertThat(sh(optional, "echo on; cat " + file)).startsWith("on\n").doesNotEndWith("exit 0");
    assertThatThrownBy(() -> sh(required, "true")).hasMessageContaining("ENOTDIR");
  }

  @Test
  void aLinkInThePathOfAPlaceStopsTheStart() throws Exception {
    Path link = Files.createSymbolicLink(workspace.resolve("link"), outside);
    StartPlan itself = with(new Place(link, Right.WRITE, Presence.OPTIONAL));
    StartPlan above = with(new Place(link.resolve("secret"), Right.WRITE, Presence.OPTIONAL));

    assertThatThrownBy(() -> sh(itself, "true")).hasMessageContaining("ELOOP");
    assertThatThrownBy(() -> sh(above, "true")).hasMessageContaining("ELOOP");
  }

  @Test
  @NeedsEngine("python3")
  void onlyNamedPortsCanBeConnectedToAndListenedOn() throws Exception {
    try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ServerSocket closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Tcp tcp = new Tcp.Ports(List.of(open.getLocalPort()), List.of());
      StartPlan start = Confined.plan(Confined.rules(workspace, tcp), Sockets.TCP);
      String script =
          """
          import socket, sys
          def attempt(what):
              try:
                  what()
                  print("ok")
              except OSError as e:
                  print(e.errno)
          def tcp(): return socket.socket(socket.AF_INET, socket.SOCK_STREAM)
          yes, no = ("127.0.0.1", int(sys.argv[1])), ("127.0.0.1", int(sys.argv[2]))
          attempt(lambda: tcp().connect(yes))
          attempt(lambda: tcp().connect(no))
          attempt(lambda: tcp().sendto(b"x", socket.MSG_FASTOPEN, no))
          attempt(lambda: tcp().sendmsg([b"x"], [], socket.MSG_FASTOPEN, no))
          attempt(lambda: tcp().bind(("127.0.0.1", 0)))
          attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
          attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262))
          attempt(lambda: socket.socket(socket.AF_UNIX))
          """;

      assertThat(
              Confined.ran(
                  start,
                  List.of(
                      "python3",
                      "-c",
                      script,
                      String.valueOf(open.getLocalPort()),
                      String.valueOf(closed.getLocalPort()))))
          .isEqualTo("ok\n13\n95\n95\n13\n1\n1\n1\nexit 0");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 6", "1, 5", "2, 4", "3, 3", "4, 2", "5, 1", "6, 0", "9, 0"})
  void anOlderKernelSaysWhatItLacks(int version, int count) {
    assertThat(new LandlockAbi(version).missing()).hasSize(count);
  }

  /* The numbers of linux/landlock.h at the kernels that brought each version. */
  @ParameterizedTest
  @CsvSource({
    "0, 0x0, 0, 0",
    "1, 0x1fff, 0, 0",
    "2, 0x3fff, 0, 0",
    "3, 0x7fff, 0, 0",
    "4, 0x7fff, 3, 0",
    "5, 0xffff, 3, 0",
    "6, 0xffff, 3, 3",
    "7, 0xffff, 3, 3"
  })
  void aVersionIsAskedForNothingItDoesNotKnow(int version, String files, long tcp, long scopes) {
    LandlockAbi abi = new LandlockAbi(version);

    assertThat(abi.files()).isEqualTo(Long.decode(files));
    assertThat(abi.network()).isEqualTo(tcp);
    assertThat(abi.scopes()).isEqualTo(scopes);
    assertThat(abi.holdsWrites()).isEqualTo(version >= 3);
  }

  private String inside(String line) {
    return "cd " + workspace + " && { " + line + "; }";
  }

  private StartPlan with(Place more) throws IOException {
    LandlockRules rules = Confined.rules(workspace, new Tcp.Open());
    List<Place> places = new ArrayList<>(rules.files());
    places.add(more);
    return Confined.plan(new LandlockRules(places, rules.tcp()), Sockets.INTERNET);
  }

  private static String sh(StartPlan start, String line) throws IOException, InterruptedException {
    return Confined.ran(start, List.of("/bin/sh", "-c", line));
  }

  private static String status(String name, Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
