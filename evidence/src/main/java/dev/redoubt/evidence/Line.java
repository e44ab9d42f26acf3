// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;

/* The bytes of an entry are fixed but for six values, so a line is read by position: what is not
 * exactly where it belongs is an error, and no byte of a line is free. */
/// One line of a segment whose hash is that of its bytes.
final class Line {

  /// The longest line: a payload of a mebibyte and what stands around it.
  static final int LONGEST = (1 << 20) + 4096;

  private static final byte[] DIGITS = digits();
  private static final byte[] SEQ = ascii("{\"seq\":");
  private static final byte[] TIME = ascii(",\"time\":\"");
  private static final byte[] KIND = ascii("\",\"kind\":\"");
  private static final byte[] ACTOR = ascii("\",\"actor\":\"");
  private static final byte[] PAYLOAD = ascii("\",\"payload\":{");
  private static final byte[] PREV = ascii(",\"prev\":\"");
  private static final byte[] HASH = ascii("\",\"hash\":\"");
  private static final byte[] END = ascii("\"}\n");
  private static final int TIME_LENGTH = 27;
  private static final int HEX = 2 * Sha256.BYTES;

  /* From the quote after the previous hash to the end of the line. */
  private static final int AFTER_PREV = HASH.length + HEX + END.length;

  private final byte[] source;
  private final Spans at;
  private final long seq;
  private final String kind;
  private final byte[] own;

  /// Where the values lie in the bytes. Most of them nobody asks for.
  private record Spans(int time, int actor, int actorEnd, int payload, int payloadEnd) {}

  private Line(byte[] source, Spans at, long seq, String kind, byte[] own) {
    this.source = source;
    this.at = at;
    this.seq = seq;
    this.kind = kind;
    this.own = own;
  }

  /// The reason why bytes are no entry, for people.
  static final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    Malformed(String reason) {
      super(reason, null, false, false);
    }
  }

  /// Returns the line in `bytes` from `from` to `to`, its line feed included, once its hash was
  /// compared with its bytes.
  static Line read(byte[] bytes, int from, int to) throws Malformed {
    int prevAt = to - AFTER_PREV - HEX;
    int at = expect(bytes, from, to, SEQ);
    int digitsFrom = at;
    long seq = 0;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - digitsFrom < 18) {
      seq = 10 * seq + bytes[at++] - '0';
    }
    if (at == digitsFrom || bytes[digitsFrom] == '0') {
      throw new Malformed("its sequence is no number");
    }
    at = expect(bytes, at, to, TIME);
    int timeFrom = at;
    at = expect(bytes, at + TIME_LENGTH, to, KIND);
    int kindFrom = at;
    at = quote(bytes, at, to);
    int kindTo = at;
    at = expect(bytes, at, to, ACTOR);
    int actorFrom = at;
    at = quote(bytes, at, to);
    int actorTo = at;
    at = expect(bytes, at, to, PAYLOAD);
    int payloadFrom = at - 1;
    if (prevAt - PREV.length <= payloadFrom || bytes[prevAt - PREV.length - 1] != '}') {
      throw new Malformed("it has no whole payload");
    }
    expect(bytes, prevAt - PREV.length, to, PREV);
    expect(bytes, prevAt + HEX, to, HASH);
    expect(bytes, to - END.length, to, END);
    byte[] own = hex(bytes, prevAt + HEX + HASH.length);
    if (!Arrays.equals(own, Sha256.of(bytes, from, prevAt + HEX + 1))) {
      throw new Malformed("its hash is not that of its bytes");
    }
    checkHex(bytes, prevAt);
    return new Line(
        bytes,
        new Spans(timeFrom, actorFrom, actorTo, payloadFrom, prevAt - PREV.length),
        seq,
        kind(bytes, kindFrom, kindTo),
        own);
  }

  private static String kind(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }

  /// Adds a line to `out` and returns its hash.
  ///
  /// @param prev the hash of the entry before, 32 bytes
  static byte[] write(ByteText out, Head head, byte[] payload, byte[] prev) {
    int from = out.size();
    out.raw(SEQ);
    out.ascii(Long.toString(head.seq()));
    out.raw(TIME);
    out.ascii(head.time());
    out.raw(KIND);
    out.ascii(head.kind());
    out.ascii("\",\"actor\":");
    out.quoted(head.actor());
    out.ascii(",\"payload\":");
    out.raw(payload);
    out.raw(PREV);
    out.hex(prev);
    out.add('"');
    byte[] hash = Sha256.of(out.array(), from, out.size());
    out.ascii(",\"hash\":\"");
    out.hex(hash);
    out.raw(END);
    return hash;
  }

  /// What a line says in front of its payload.
  ///
  /// @param actor as it is, not escaped
  record Head(long seq, String time, String kind, String actor) {}

  /// Returns `time` as it stands in a line: UTC, six digits after the second.
  static String timestamp(Instant time) {
    LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(27);
    pad(out, utc.getYear(), 1000).append('-');
    pad(out, utc.getMonthValue(), 10).append('-');
    pad(out, utc.getDayOfMonth(), 10).append('T');
    pad(out, utc.getHour(), 10).append(':');
    pad(out, utc.getMinute(), 10).append(':');
    pad(out, utc.getSecond(), 10).append('.');
    return pad(out, utc.getNano() / 1000, 100_000).append('Z').toString();
  }

  /// Returns the time in the line, or the epoch when it is none.
  Instant instant() {
    try {
      return Instant.parse(time());
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  long seq() {
    return seq;
  }

  /// Returns the time as written, 27 characters.
  String time() {
    return new String(source, at.time(), TIME_LENGTH, ISO_8859_1);
  }

  String kind() {
    return kind;
  }

  /// Returns who did it, escaped as in JSON and without quotes.
  String actor() {
    return new String(source, at.actor(), at.actorEnd() - at.actor(), UTF_8);
  }

  /// Returns the payload, canonical JSON.
  byte[] payload() {
    return Arrays.copyOfRange(source, at.payload(), at.payloadEnd());
  }

  /// Returns whether it names `hash`, 32 bytes, as the hash of the entry before.
  boolean follows(byte[] hash) {
    int from = at.payloadEnd() + PREV.length;
    for (int i = 0; i < hash.length; i++) {
      if (digit(source[from + 2 * i]) << 4 != (hash[i] & 0xF0)
          || digit(source[from + 2 * i + 1]) != (hash[i] & 0x0F)) {
        return false;
      }
    }
    return true;
  }

  /// Returns the hash of the entry before, 64 hex digits.
  String prev() {
    return new String(source, at.payloadEnd() + PREV.length, HEX, ISO_8859_1);
  }

  /// Returns its own hash, 32 bytes; not to be changed.
  byte[] own() {
    return own;
  }

  /// Returns the line as text, without its line feed.
  String text() {
    int from = at.time() - TIME.length - Long.toString(seq).length() - SEQ.length;
    int to = at.payloadEnd() + PREV.length + HEX + AFTER_PREV - 1;
    return new String(source, from, to - from, UTF_8);
  }

  String hash() {
    return HexFormat.of().formatHex(own);
  }

  private static StringBuilder pad(StringBuilder out, int number, int highest) {
    for (int power = highest; power > 1 && number < power; power /= 10) {
      out.append('0');
    }
    return out.append(number);
  }

  private static int expect(byte[] bytes, int at, int to, byte[] wanted) throws Malformed {
    int end = at + wanted.length;
    if (at < 0 || end > to || !Arrays.equals(bytes, at, end, wanted, 0, wanted.length)) {
      throw new Malformed("is no entry: %s is not where it belongs".formatted(shown(wanted)));
    }
    return end;
  }

  private static int quote(byte[] bytes, int from, int to) throws Malformed {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '"') {
        return at;
      }
      if (bytes[at] == '\\') {
        at++;
      }
    }
    throw new Malformed("is no entry: a text has no end");
  }

  private static byte[] hex(byte[] bytes, int from) throws Malformed {
    byte[] digest = new byte[Sha256.BYTES];
    for (int i = 0; i < digest.length; i++) {
      int high = digit(bytes[from + 2 * i]);
      int low = digit(bytes[from + 2 * i + 1]);
      if (high < 0 || low < 0) {
        throw new Malformed("a hash is not 64 lower-case hex digits");
      }
      digest[i] = (byte) ((high << 4) | low);
    }
    return digest;
  }

  private static void checkHex(byte[] bytes, int from) throws Malformed {
    for (int i = from; i < from + HEX; i++) {
      if (digit(bytes[i]) < 0) {
        throw new Malformed("a hash is not 64 lower-case hex digits");
      }
    }
  }

  private static int digit(byte b) {
    return b < 0 ? -1 : DIGITS[b];
  }

  private static byte[] digits() {
    byte[] digits = new byte[128];
    Arrays.fill(digits, (byte) -1);
    for (int i = 0; i < 16; i++) {
      digits["0123456789abcdef".charAt(i)] = (byte) i;
    }
    return digits;
  }

  private static String shown(byte[] wanted) {
    return new String(wanted, US_ASCII).strip();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
