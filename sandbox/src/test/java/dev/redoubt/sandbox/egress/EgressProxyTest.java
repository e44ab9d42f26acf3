// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static dev.redoubt.sandbox.egress.TestEgress.connected;
import static dev.redoubt.sandbox.egress.TestEgress.head;
import static dev.redoubt.sandbox.egress.TestEgress.pass;
import static dev.redoubt.sandbox.egress.TestEgress.rest;
import static dev.redoubt.sandbox.egress.TestEgress.talk;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.network.TestNet;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class EgressProxyTest {

  private static final byte[] HELLO = Hellos.real("docs.example");

  @TempDir private Path folder;
  private final RawServer server = RawServer.echoing();
  private final TestNet net =
      new TestNet()
          .name(
              "docs.example",
              Stream.generate(() -> "93.184.216.34").limit(500).toArray(String[]::new))
          .server("93.184.216.34:443", server.port());
  private final TestEgress egress = new TestEgress(net).allow("docs.example");

  EgressProxyTest() throws IOException {}

  @AfterEach
  void closesEverything() {
    egress.close();
    server.close();
  }

  @Test
  void twoHundredConnectionsAtOnceAreServedAndLeaveNothingBehind() throws Exception {
    EgressProxy proxy = egress.onPort();
    roundTrip(proxy);
    long before = openFiles();
    try (ExecutorService programs = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(programs.submit((Callable<String>) () -> roundTrip(proxy)));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("ok");
      }
    }
    server.forget();
    assertThat(settled(before)).isLessThanOrEqualTo(before);
    assertThat(egress.decisions).hasSize(201).allMatch(line -> line.startsWith("allow "));
    assertThat(proxy.carried()).isGreaterThan(201L * 2 * HELLO.length);
  }

  @Test
  void oneConnectionTooManyIsClosed() throws Exception {
    egress.limits = limits(3, Duration.ofSeconds(20), 1 << 20);
    EgressProxy proxy = egress.onPort();
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(tunnel(proxy));
    }

    assertThat(talk(proxy, "GET http://docs.example/ HTTP/1.1||")).isEmpty();
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Test
  void aHeaderThatNeverEndsIsGivenUp() throws Exception {
    egress.limits = limits(9, Duration.ofMillis(300), 1 << 20);
    EgressProxy proxy = egress.onPort();
    for (String start :
        new String[] {"", "G", "GET http://docs.example/ HTTP/1.1\r\nA: b", "\5", "\5\1"}) {
      try (Socket socket = connected(proxy)) {
        socket.getOutputStream().write(start.getBytes(ISO_8859_1));
        assertThat(rest(socket.getInputStream())).isEmpty();
      }
    }
  }

  @Test
  void aHeaderThatComesByDropsIsGivenUp() throws Exception {
    egress.limits = limits(9, Duration.ofMillis(500), 1 << 20);
    EgressProxy proxy = egress.onPort();
    try (Socket socket = connected(proxy)) {
      assertThatThrownBy(
              () -> {
                socket.getOutputStream().write("GET ".getBytes(ISO_8859_1));
                while (true) {
                  socket.getOutputStream().write('a');
                  TimeUnit.MILLISECONDS.sleep(20);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aGreetingOfTlsThatNeverEndsIsGivenUp() throws Exception {
    egress.limits = limits(9, Duration.ofSeconds(3), 1 << 20);
    EgressProxy proxy = egress.onPort();
    try (Socket socket = tunnel(proxy)) {
      socket.getOutputStream().write(HELLO, 0, 20);
      assertThat(rest(socket.getInputStream())).isEmpty();
    }
  }

  @Test
  void aHugeHeaderIsRefused() throws Exception {
    EgressProxy proxy = egress.onPort();
    String start = "GET http://docs.example/ HTTP/1.1|Host: docs.example|";

    assertThat(talk(proxy, start + "X: " + "a".repeat(70_000) + "||")).startsWith("HTTP/1.1 431 ");
    assertThat(talk(proxy, start + "X: a|".repeat(201) + "|")).startsWith("HTTP/1.1 400 ");
    assertThat(talk(proxy, "A".repeat(70_000))).startsWith("HTTP/1.1 431 ");
    assertThat(net.dialled()).isEmpty();
  }

  @Test
  void noMoreIsCarriedThanMayBe() throws Exception {
    egress.limits = limits(9, Duration.ofSeconds(20), 10_000);
    EgressProxy proxy = egress.onPort();
    try (Socket socket = tunnel(proxy)) {
      socket.getOutputStream().write(HELLO);
      byte[] block = new byte[1000];
      assertThatThrownBy(
              () -> {
                while (socket.getInputStream().read(block) >= 0) {
                  socket.getOutputStream().write(block);
                }
                throw new IOException("ended");
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(proxy.carried()).isBetween(10_000L, 60_000L);
    assertThat(talk(proxy, "CONNECT docs.example:443 HTTP/1.1|{pass}|")).isEmpty();
  }

  @Test
  void closingEndsEveryConnectionAtOnce() throws Exception {
    EgressProxy proxy = egress.onPort();
    try (Socket tunnel = tunnel(proxy);
        Socket waiting = connected(proxy)) {
      tunnel.getOutputStream().write(HELLO);
      assertThat(tunnel.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
      proxy.close();
      proxy.close();
      assertThat(rest(tunnel.getInputStream())).isEmpty();
      assertThat(rest(waiting.getInputStream())).isEmpty();
    }
    assertThatThrownBy(() -> connected(proxy)).isInstanceOf(ConnectException.class);
  }

  @Test
  void theSocketFileIsForThisUserOnlyAndGoesAway() throws Exception {
    Path file = folder.resolve("own").resolve("egress.sock");
    EgressProxy proxy = egress.onSocket(file);

    assertThat(rights(file)).isEqualTo("rw-------");
    assertThat(rights(file.getParent())).isEqualTo("rwx------");
    proxy.close();
    assertThat(file).doesNotExist();
  }

  @Test
  void aFolderThatLetsOthersInIsRefused() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx--x---"));

    assertThatThrownBy(() -> egress.onSocket(open.resolve("egress.sock")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 700");
  }

  @Test
  void whatIsAtThePlaceOfTheSocketStays() throws Exception {
    Path own =
        Files.createDirectory(
            folder.resolve("own"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = Files.writeString(own.resolve("egress.sock"), "x");

    assertThatThrownBy(() -> egress.onSocket(file)).isInstanceOf(IOException.class);
    assertThat(file).hasContent("x");
  }

  @Test
  void tokensDiffer() throws Exception {
    assertThat(TestEgress.port(egress.onPort()).token())
        .hasSize(43)
        .isNotEqualTo(TestEgress.port(egress.onPort()).token());
    assertThat(egress.onPort().endpoint().toString()).matches("127\\.0\\.0\\.1:\\d+");
  }

  private static String roundTrip(EgressProxy proxy) throws IOException {
    try (Socket socket = tunnel(proxy)) {
      socket.getOutputStream().write(HELLO);
      byte[] back = socket.getInputStream().readNBytes(HELLO.length);
      return Arrays.equals(back, HELLO) ? "ok" : "differs";
    }
  }

  private static Socket tunnel(EgressProxy proxy) throws IOException {
    Socket socket = connected(proxy);
    socket
        .getOutputStream()
        .write(
            ("CONNECT docs.example:443 HTTP/1.1\r\n" + pass(proxy) + "\r\n").getBytes(ISO_8859_1));
    assertThat(head(socket)).startsWith("HTTP/1.1 200 ");
    return socket;
  }

  private static EgressLimits limits(int connections, Duration patience, long bytes) {
    return new EgressLimits(
        connections, 65_536, patience, Duration.ofSeconds(20), Duration.ofSeconds(20), bytes);
  }

  private static long settled(long wanted) throws Exception {
    long open = openFiles();
    for (int i = 0; open > wanted && i < 400; i++) {
      TimeUnit.MILLISECONDS.sleep(50);
      open = openFiles();
    }
    return open;
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
