// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The text of a file and everything that is needed to write another text in its manner.
///
/// @param text without byte order mark, its line ends as they are
/// @param encoding in which every byte of the file is one of the text, so that nothing is lost
/// @param mark whether a byte order mark stands before it
record TextFile(String text, Charset encoding, boolean mark) {

  private static final int LOOKED_AT = 8_000;
  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] BIG_MARK = {(byte) 0xFE, (byte) 0xFF};
  private static final byte[] LITTLE_MARK = {(byte) 0xFF, (byte) 0xFE};

  TextFile {
    requireNonNull(text, "text");
    requireNonNull(encoding, "encoding");
  }

  /// Returns the text of a file; empty when it is none.
  ///
  /// @param whole whether these are all the bytes: a character that was cut is then left out
  static Optional<TextFile> of(Content content, boolean whole) {
    byte[] bytes = content.bytes();
    if (starts(bytes, UTF_8_MARK)) {
      return decoded(bytes, 3, StandardCharsets.UTF_8, whole);
    }
    if (starts(bytes, BIG_MARK)) {
      return decoded(bytes, 2, StandardCharsets.UTF_16BE, whole);
    }
    if (starts(bytes, LITTLE_MARK)) {
      return decoded(bytes, 2, StandardCharsets.UTF_16LE, whole);
    }
    for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
      if (bytes[i] == 0) {
        return Optional.empty();
      }
    }
    Optional<TextFile> utf8 = decoded(bytes, 0, StandardCharsets.UTF_8, whole);
    return utf8.isPresent() ? utf8 : decoded(bytes, 0, StandardCharsets.ISO_8859_1, whole);
  }

  private static boolean starts(byte[] bytes, byte[] mark) {
    return bytes.length >= mark.length
        && java.util.Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
  }

  private static Optional<TextFile> decoded(
      byte[] bytes, int from, Charset encoding, boolean whole) {
    int most = whole ? 0 : Math.min(3, bytes.length - from);
    for (int cut = 0; cut <= most; cut++) {
      try {
        ByteBuffer kept = ByteBuffer.wrap(bytes, from, bytes.length - from - cut);
        String text = encoding.newDecoder().decode(kept).toString();
        return Optional.of(new TextFile(text, encoding, from > 0));
      } catch (CharacterCodingException e) {
        // The next try leaves out one byte more.
      }
    }
    return Optional.empty();
  }

  /// Returns `changed` as a file in the manner of this one; empty when its encoding cannot say it.
  Optional<Content> with(String changed) {
    byte[] before =
        !mark
            ? new byte[0]
            : encoding.equals(StandardCharsets.UTF_8)
                ? UTF_8_MARK
                : encoding.equals(StandardCharsets.UTF_16BE) ? BIG_MARK : LITTLE_MARK;
    try {
      ByteBuffer encoded = encoding.newEncoder().encode(CharBuffer.wrap(changed));
      ByteBuffer all = ByteBuffer.allocate(before.length + encoded.remaining());
      all.put(before).put(encoded);
      return Optional.of(Content.of(all.array()));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /// Returns the line end that most lines have, LF when there is none.
  String lineEnd() {
    int crlf = 0;
    int lf = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (at > 0 && text.charAt(at - 1) == '\r') {
        crlf++;
      } else {
        lf++;
      }
    }
    return crlf > lf ? "\r\n" : "\n";
  }

  /// Returns whether some lines end in another way than the others.
  boolean isMixed() {
    boolean crlf = text.contains("\r\n");
    return crlf && text.replace("\r\n", "").indexOf('\n') >= 0;
  }

  /// Returns what is unusual about the file, in words; empty when nothing is.
  String oddities() {
    List<String> odd = new ArrayList<>();
    if (encoding.equals(StandardCharsets.ISO_8859_1)) {
      odd.add("not UTF-8, read as Latin-1");
    } else if (!encoding.equals(StandardCharsets.UTF_8)) {
      odd.add(encoding.name());
    } else if (mark) {
      odd.add("UTF-8 with byte order mark");
    }
    if (isMixed()) {
      odd.add("LF and CRLF line ends mixed");
    } else if (text.contains("\r\n")) {
      odd.add("CRLF line ends");
    }
    if (!text.isEmpty() && !text.endsWith("\n")) {
      odd.add("no line end after the last line");
    }
    return String.join(", ", odd);
  }

  /// Returns the lines without their ends.
  List<String> lines() {
    return lines(text);
  }

  /// Returns the lines of `text`, split at LF, without their ends, CRLF or LF.
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int next = end < 0 ? text.length() : end + 1;
      int stop = end < 0 ? text.length() : end;
      if (end > from && text.charAt(end - 1) == '\r') {
        stop--;
      }
      lines.add(text.substring(from, stop));
      from = next;
    }
    return lines;
  }
}
