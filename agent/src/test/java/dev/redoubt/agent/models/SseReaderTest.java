// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SseReaderTest {

  @Test
  void anEventIsItsTypeAndTheLinesOfItsData() throws Exception {
    assertThat(
            events(
                """
                \uFEFFevent: first
                data: a
                data:b
                data:  c

                : a comment
                id: 7
                retry: 10
                data

                event: without data

                data: \uFEFFx

                """))
        .containsExactly(
            new SseEvent("first", "a\nb\n c"),
            new SseEvent("message", ""),
            new SseEvent("message", "\uFEFFx"));
  }

  @Test
  void whatTheEndCutsIsLeftOut() throws Exception {
    assertThat(events("data: a\n\ndata: b\n")).containsExactly(new SseEvent("message", "a"));
    assertThat(events("data: a\n\ndata: b")).containsExactly(new SseEvent("message", "a"));
    assertThat(events("")).isEmpty();
  }

  @Test
  void lineEndsAndTheSizeOfPiecesMakeNoDifference() {
    Seeded.check(
        300,
        random -> {
          List<SseEvent> expected = new ArrayList<>();
          StringBuilder stream = new StringBuilder();
          for (int i = random.nextInt(6); i > 0; i--) {
            String type = Seeded.text(random, "abc", 1 + random.nextInt(3));
            String first = Seeded.text(random, "x: \u00e9\uFEFF{}", random.nextInt(9));
            String second = Seeded.text(random, "y\u4e2d", random.nextInt(9));
            stream.append(": ping").append(end(random));
            stream.append("event:").append(type).append(end(random));
            stream.append("data: ").append(first).append(end(random));
            stream.append("data: ").append(second).append(end(random));
            // A return and a line feed of two lines would be one end: the blank line says it whole.
            stream.append("other: field\r\n").append(end(random));
            expected.add(new SseEvent(type, first + "\n" + second));
          }

          assertThat(read(new Pieces(stream.toString().getBytes(UTF_8), random)))
              .isEqualTo(expected);
        });
  }

  @Test
  void whateverComesIsReadToItsEnd() {
    for (byte[] input : Hostile.inputs().values()) {
      read(new ByteArrayInputStream(input));
    }
    Seeded.check(
        300,
        random -> {
          byte[] noise = new byte[random.nextInt(200)];
          for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) "data:\n\r event\u0000\u00ff".charAt(random.nextInt(15));
          }
          assertThat(read(new Pieces(noise, random)))
              .isEqualTo(read(new ByteArrayInputStream(noise)));
        });
  }

  @Test
  void anEndlessLineAndAnEndlessEventAreRefused() {
    assertThatThrownBy(() -> events("data: " + "x".repeat(2000)))
        .isInstanceOf(MalformedAnswerException.class)
        .hasMessageContaining("a line is longer than 1000 bytes");
    assertThatThrownBy(() -> events("data: xxxxxxxxxx\n".repeat(200)))
        .isInstanceOf(MalformedAnswerException.class)
        .hasMessageContaining("an event is larger than 1000 characters");
  }

  private static String end(RandomGenerator random) {
    return Seeded.pick(random, List.of("\n", "\r", "\r\n"));
  }

  private static List<SseEvent> events(String stream) throws IOException {
    return read(new SseReader(new ByteArrayInputStream(stream.getBytes(UTF_8)), 1000));
  }

  private static List<SseEvent> read(InputStream in) {
    try {
      return read(new SseReader(in, 1 << 24));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<SseEvent> read(SseReader reader) throws IOException {
    List<SseEvent> events = new ArrayList<>();
    for (Optional<SseEvent> event = reader.next(); event.isPresent(); event = reader.next()) {
      events.add(event.get());
    }
    return events;
  }

  /// Gives as many bytes at a time as chance has it, at least one.
  private static final class Pieces extends InputStream {

    private final byte[] bytes;
    private final RandomGenerator random;
    private int next;

    Pieces(byte[] bytes, RandomGenerator random) {
      this.bytes = bytes;
      this.random = random;
    }

    @Override
    public int read() {
      return next < bytes.length ? bytes[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (next == bytes.length) {
        return -1;
      }
      int count = Math.min(Math.min(length, bytes.length - next), 1 + random.nextInt(4));
      System.arraycopy(bytes, next, target, offset, count);
      next += count;
      return count;
    }
  }
}
