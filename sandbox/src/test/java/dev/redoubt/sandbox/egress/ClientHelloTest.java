// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientHelloTest {

  @Test
  void theNameIsRead() throws Exception {
    byte[] greeting = Hellos.real("docs.example");
    ClientHello hello = read(greeting);

    assertThat(hello.serverName()).contains("docs.example");
    assertThat(hello.hidesAName()).isFalse();
    assertThat(hello.bytes()).isEqualTo(greeting);
  }

  @Test
  void aGreetingNeedsNoName() throws Exception {
    assertThat(read(Hellos.real("")).serverName()).isEmpty();
    assertThat(read(Hellos.with()).serverName()).isEmpty();
  }

  @Test
  void aGreetingMayEndBeforeTheExtensions() throws Exception {
    byte[] message = Hellos.message();
    byte[] shorter = new byte[message.length - 2];
    System.arraycopy(message, 0, shorter, 0, shorter.length);
    shorter[3] = (byte) (shorter[3] - 2);

    assertThat(read(Hellos.records(shorter, 1000)).serverName()).isEmpty();
  }

  @Test
  void whatFollowsIsLeftAlone() throws Exception {
    byte[] hello = Hellos.real("docs.example");
    ByteArrayInputStream in = new ByteArrayInputStream(Hellos.joined(hello, new byte[] {1, 2, 3}));

    assertThat(ClientHello.read(source(in)).bytes()).isEqualTo(hello);
    assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
  }

  @Test
  void bothKindsOfHiddenNamesAreSeen() throws Exception {
    for (int type : new int[] {0xFE0D, 0xFFCE}) {
      assertThat(
              read(Hellos.with(Hellos.name("a.example"), Hellos.extension(type, new byte[9])))
                  .hidesAName())
          .isTrue();
    }
  }

  @Test
  void anyCutIntoRecordsReadsTheSame() {
    Seeded.check(
        300,
        random -> {
          String name =
              Seeded.text(
                  random, "abcdefghijklmnopqrstuvwxyz0123456789-.", 1 + random.nextInt(200));
          byte[] message =
              Hellos.message(
                  Hellos.extension(10, new byte[random.nextInt(2000)]),
                  Hellos.name(name),
                  Hellos.extension(43, new byte[random.nextInt(20)]));
          byte[] records = Hellos.records(message, 1 + random.nextInt(message.length));
          try {
            ClientHello hello = read(records);
            assertThat(hello.serverName()).contains(name);
            assertThat(hello.bytes()).isEqualTo(records);
          } catch (IOException | ClientHello.Unreadable e) {
            throw new AssertionError(e);
          }
        });
  }

  /* A damaged greeting is refused or says something else; it never breaks the reader, and what was
   * read is never more than what was sent. */
  @Test
  void noDamageBreaksTheReader() {
    byte[] whole = Hellos.real("docs.example");
    Seeded.check(
        20_000,
        random -> {
          byte[] damaged = damaged(whole, random);
          try {
            ClientHello hello = read(damaged);
            assertThat(damaged).startsWith(hello.bytes());
            assertThat(hello.serverName().orElse("x")).matches("[!-~]+");
          } catch (ClientHello.Unreadable | EOFException e) {
            assertThat(e).isNotNull();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void everyCutIsAnEarlyEnd() {
    byte[] whole = Hellos.real("docs.example");
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = new byte[length];
      System.arraycopy(whole, 0, cut, 0, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
    }
  }

  static Stream<byte[]> broken() {
    byte[] name = Hellos.name("docs.example");
    byte[] listOfTwo =
        Hellos.extension(
            0, Hellos.sized(Hellos.joined(entry(0, "docs.example"), entry(0, "other.example"))));
    return Stream.of(
        Hellos.with(name, name),
        Hellos.with(name, Hellos.extension(7, new byte[0]), Hellos.extension(7, new byte[0])),
        Hellos.with(listOfTwo),
        Hellos.with(Hellos.extension(0, Hellos.sized(entry(1, "docs.example")))),
        Hellos.with(Hellos.extension(0, Hellos.joined(Hellos.sized(entry(0, "a.b")), new byte[1]))),
        Hellos.with(Hellos.extension(0, new byte[0])),
        Hellos.with(Hellos.extension(0, Hellos.sized(entry(0, "")))),
        Hellos.with(Hellos.name("docs example")),
        Hellos.with(Hellos.name("docs.example\0")),
        Hellos.with(Hellos.joined(name, new byte[] {0})),
        // A record of another kind before the end, an empty one, a version that is none.
        Hellos.joined(new byte[] {22, 3, 1, 0, 1, 1}, new byte[] {20, 3, 3, 0, 1, 1}),
        new byte[] {22, 3, 1, 0, 0},
        new byte[] {22, 2, 0, 0, 1, 1},
        new byte[] {22, 3, 1, 0x40, 1, 1},
        // A ServerHello, and a message that never ends.
        new byte[] {22, 3, 1, 0, 4, 2, 0, 0, 0},
        new byte[] {22, 3, 1, 0, 4, 1, 2, 0, 0},
        // Two messages in one record.
        Hellos.records(Hellos.joined(Hellos.message(name), Hellos.message(name)), 1 << 14));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatDoesNotFitIsRefused(byte[] hello) {
    assertThatThrownBy(() -> read(hello)).isInstanceOf(ClientHello.Unreadable.class);
  }

  @Test
  void aGreetingThatGrowsWithoutEndIsRefused() {
    byte[] start =
        Hellos.records(
            Hellos.joined(new byte[] {1, 0, (byte) 0xFF, (byte) 0xFF}, new byte[65_535]), 1);

    assertThatThrownBy(() -> read(start)).isInstanceOf(ClientHello.Unreadable.class);
  }

  private static byte[] entry(int type, String name) {
    return Hellos.joined(new byte[] {(byte) type}, Hellos.sized(name.getBytes(US_ASCII)));
  }

  private static byte[] damaged(byte[] whole, RandomGenerator random) {
    byte[] damaged = whole.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      damaged[random.nextInt(damaged.length)] =
          Seeded.pick(random, List.of((byte) 0, (byte) 1, (byte) 0xFF, (byte) random.nextInt()));
    }
    return damaged;
  }

  private static ClientHello read(byte[] bytes) throws IOException, ClientHello.Unreadable {
    return ClientHello.read(source(new ByteArrayInputStream(bytes)));
  }

  private static ClientHello.Source source(ByteArrayInputStream in) {
    return count ->
        Optional.of(in.readNBytes(count))
            .filter(bytes -> bytes.length == count)
            .orElseThrow(EOFException::new);
  }
}
