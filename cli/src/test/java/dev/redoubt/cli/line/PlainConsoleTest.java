// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.line.Console.Kind;
import dev.redoubt.cli.line.Console.Prompt;
import dev.redoubt.cli.line.Console.Typed;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PlainConsoleTest {

  /* Types its lines, and an answer once it was asked for. */
  private static final class Keys extends InputStream {

    private static final byte[] LINES = "look at a\n/stop\no\n".getBytes(UTF_8);
    private static final int BEFORE = LINES.length - 2;

    private final CountDownLatch typed = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private int at;

    @Override
    public int read() {
      if (at == BEFORE) {
        typed.countDown();
        try {
          asked.await();
        } catch (InterruptedException e) {
          return -1;
        }
      }
      return at < LINES.length ? LINES[at++] : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      int next = read();
      bytes[from] = (byte) next;
      return next < 0 ? -1 : 1;
    }
  }

  @Test
  void whatWasTypedBeforeAQuestionIsNoAnswerAndNotLost() throws Exception {
    Keys keys = new Keys();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            keys.asked.countDown();
          }
        };
    try (PlainConsole console =
        new PlainConsole(keys, new PrintStream(out, true, UTF_8), new Style(Style.Look.PLAIN))) {
      keys.typed.await();

      assertThat(read(console, Kind.ANSWER)).isEqualTo(new Typed.Line("o"));
      assertThat(read(console, Kind.STEER)).isEqualTo(new Typed.Line("look at a"));
      assertThat(read(console, Kind.STEER)).isEqualTo(new Typed.Line("/stop"));
    }
  }

  private static Typed read(Console console, Kind kind) {
    return console.read(new Prompt("?", "", kind));
  }
}
