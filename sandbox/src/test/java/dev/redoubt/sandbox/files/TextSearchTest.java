// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.redoubt.testkit.Seeded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSearchTest {

  private static final List<String> ATOMS =
      List.of(
          "ab",
          "foo",
          "Foo",
          "K",
          "s",
          "ſ",
          "\u212A",
          "ü",
          "Ü",
          "日本",
          "😀",
          "x",
          "ba",
          "o{2}",
          ".",
          "\\.",
          "\\b",
          "^",
          "$",
          "\\s",
          "\\d",
          "\\w+",
          "[a-f]+",
          "[^a]",
          "[[:alpha:]]",
          "[]|]",
          "[|(]",
          "\\|",
          "\\(",
          "\\x41",
          "\\Qa|b\\E",
          "\\pL",
          "(?i:foo)",
          "(?i)",
          "(?s)",
          "(?-i)",
          "(?P<n>foo)",
          "()",
          "|",
          "|",
          "\\z",
          "\\A",
          "\\B",
          "a{0}",
          "b{0,2}",
          "a{,2}",
          "{",
          "}",
          "]",
          "\\n",
          "\\r",
          "\\t",
          "\\a",
          "\\C",
          "-",
          "\\-",
          "A",
          "\uFFFD",
          "foo|ab",
          "(foo|ba)",
          "(?:ab|(x|ba)o)");
  private static final List<String> REPEATS = List.of("", "", "", "", "*", "+", "?", "{2}", "*?");
  private static final List<String> PIECES =
      List.of(
          "ab", "foo", "FOO", "foo", "ſ", "\u212A", "K", "k", "ü", "Ü", "日本", "😀", "x", "ba", "oo",
          ".", " ", "\t", "\n", "\n", "\r\n", "\r", "\u0085", "\u2028", "\f", "1", "|", "(", "a|b",
          "{", "}", "]", "-", "A", "a{,2}", "\uFFFD");

  /* What a file says: decoded, line by line, the pattern asked of each. */
  private static List<Matches.Line> slowly(byte[] bytes, Pattern pattern, int context) {
    for (int i = 0; i <= 8_000 && i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return List.of();
      }
    }
    List<String> lines = new String(bytes, UTF_8).lines().toList();
    TreeSet<Integer> shown = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (pattern.matcher(lines.get(i)).find()) {
        for (int near = Math.max(0, i - context);
            near <= i + context && near < lines.size();
            near++) {
          shown.add(near);
        }
      }
    }
    List<Matches.Line> found = new ArrayList<>();
    for (int i : shown) {
      String line = lines.get(i);
      String head = line.substring(0, Math.min(400, line.length()));
      found.add(new Matches.Line("a", i + 1, head, !pattern.matcher(line).find()));
    }
    return found;
  }

  private static String pattern(RandomGenerator random, int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String atom =
          depth > 0 && random.nextInt(4) == 0
              ? Seeded.pick(random, List.of("(", "(?:")) + pattern(random, depth - 1) + ")"
              : Seeded.pick(random, ATOMS);
      text.append(atom).append(Seeded.pick(random, REPEATS));
    }
    return text.toString();
  }

  private static byte[] file(RandomGenerator random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = random.nextInt(40); i > 0; i--) {
      switch (random.nextInt(60)) {
        case 0 -> bytes.writeBytes("long ".repeat(200).getBytes(UTF_8));
        case 1 -> bytes.write(random.nextInt(256));
        case 2 -> bytes.writeBytes(" y".repeat(4_000).getBytes(UTF_8));
        default -> bytes.writeBytes(Seeded.pick(random, PIECES).getBytes(UTF_8));
      }
    }
    if (random.nextInt(20) == 0) {
      bytes.write(0);
    }
    return bytes.toByteArray();
  }

  @Test
  void nothingIsFoundOtherThanByAskingOfEachLine() {
    Seeded.check(
        300,
        random -> {
          String text = (random.nextInt(3) == 0 ? "(?i)" : "") + pattern(random, 2);
          Pattern pattern;
          try {
            pattern = Pattern.compile(text);
          } catch (PatternSyntaxException e) {
            return;
          }
          int context = random.nextInt(3);
          TextSearch search = new TextSearch(pattern, context);
          for (int i = 0; i < 12; i++) {
            byte[] bytes = file(random);
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 5);
            Arrays.fill(longer, bytes.length, longer.length, (byte) 'o');

            assertThat(search.in(longer, bytes.length, () -> "a"))
                .as("%s in %s", text, new String(bytes, ISO_8859_1))
                .isEqualTo(slowly(bytes, pattern, context));
          }
        });
  }

  @Test
  void memoryIsReusedForFilesOfAnyLength(@TempDir Path folder) throws IOException {
    ReusedBytes reused = new ReusedBytes(1_000_000);
    for (int length : new int[] {3, 65_536, 65_537, 700_001, 0, 1_000_000, 1_000_005, 17}) {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) (i * 31 + length);
      }
      Path file = Files.write(folder.resolve("f"), bytes);

      try (SeekableByteChannel from = Files.newByteChannel(file)) {
        int read = reused.read(from);
        assertThat(Arrays.copyOf(reused.bytes(), read))
            .isEqualTo(Arrays.copyOf(bytes, Math.min(length, 1_000_000)));
      }
    }
  }
}
