// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

  @Test
  void linesEndWithOrWithoutACarriageReturnAndEmptyOnesSayNothing() throws IOException {
    assertThat(all(Framing.LINES, "a\r\n\n\r\nb\nc")).containsExactly("a\r", "b", "c");
  }

  @Test
  void headersAreReadWhateverTheirCaseAndOrder() throws IOException {
    assertThat(
            all(
                Framing.HEADERS,
                "Content-Length: 2\r\n\r\nhicontent-type: x/y\r\nCONTENT-LENGTH:3\r\n\r\nyou"))
        .containsExactly("hi", "you");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "Content-Type: x\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 1e3\r\n\r\n",
        "Content-Length: 99999999999\r\n\r\n",
        "Content-Length: 5000\r\n\r\n",
        "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "Content-Length: 10\r\n\r\nshort",
        "Content-Length: 10",
        "{\"jsonrpc\":\"2.0\"}\r\n\r\n",
      })
  void aBrokenHeaderEndsTheStream(String text) {
    assertThatThrownBy(() -> all(Framing.HEADERS, text)).isInstanceOf(IOException.class);
  }

  @Test
  void anEndlessLineIsReadUpToTheLimit() {
    Endless endless = new Endless();

    assertThatThrownBy(() -> Framing.LINES.read(endless, 1_000))
        .hasMessage("it sent a message of more than 1000 bytes");
    assertThatThrownBy(() -> Framing.HEADERS.read(endless, 1_000)).isInstanceOf(IOException.class);
    assertThat(endless.read).isLessThan(20_000);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Seeded.check(
        200,
        random -> {
          List<String> sent = new ArrayList<>();
          for (int i = 0; i < 1 + random.nextInt(5); i++) {
            sent.add(Seeded.text(random, "{}\r ä:x", 1 + random.nextInt(30)) + ".");
          }
          for (Framing framing : List.of(Framing.LINES, Framing.HEADERS)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
              for (String message : sent) {
                framing.write(out, message.getBytes(UTF_8));
              }
              List<String> expected =
                  framing.equals(Framing.LINES)
                      ? sent.stream().map(text -> text.replaceFirst("^\r+", "")).toList()
                      : sent;
              assertThat(all(framing, out.toString(UTF_8))).isEqualTo(expected);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        });
  }

  @Test
  void aMessageOfTwoLinesIsNotSent() {
    assertThatThrownBy(
            () -> Framing.LINES.write(new ByteArrayOutputStream(), "a\nb".getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
  }

  private static List<String> all(Framing framing, String text) throws IOException {
    InputStream in = new ByteArrayInputStream(text.getBytes(UTF_8));
    List<String> messages = new ArrayList<>();
    for (Optional<byte[]> next = framing.read(in, 1_000);
        next.isPresent();
        next = framing.read(in, 1_000)) {
      messages.add(new String(next.get(), UTF_8));
    }
    return messages;
  }

  private static final class Endless extends InputStream {
    private int read;

    @Override
    public int read() {
      read++;
      return 'x';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      bytes[offset] = (byte) read();
      return 1;
    }
  }
}
