// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.relay.engine.Heard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageLinesTest {

  private static final int LARGEST = 10;

  /// Gives at most so many bytes at once.
  private record Slow(InputStream in, int most) {
    InputStream stream() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          return in.read(bytes, from, Math.min(most, length));
        }
      };
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1_000_000})
  void linesAreReadHoweverTheyCome(int atOnce) throws IOException {
    String text =
        "one\r\n\n\r\n0123456789\n0123456789a\nänd\n" + "x".repeat(200_000) + "\nlast\nnever ended";
    MessageLines lines =
        new MessageLines(
            new Slow(new ByteArrayInputStream(text.getBytes(UTF_8)), atOnce).stream(), LARGEST);
    List<String> read = new ArrayList<>();
    for (Optional<Heard> next = lines.next(); next.isPresent(); next = lines.next()) {
      read.add(
          (next.get().isTooLong() ? "too long: " : "") + new String(next.get().bytes(), UTF_8));
    }

    assertThat(read)
        .containsExactly(
            "one", "0123456789", "too long: 0123456789a", "änd", "too long: xxxxxxxxxxx", "last");
  }
}
