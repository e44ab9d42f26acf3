// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes the few forms of DER (X.690) that a certificate needs. Reads nothing.
final class Der {

  private static final int SHORT_LENGTH = 0x80;
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(0x30, joined(parts));
  }

  static byte[] set(byte[]... parts) {
    return tagged(0x31, joined(parts));
  }

  static byte[] integer(BigInteger value) {
    return tagged(0x02, value.toByteArray());
  }

  static byte[] bool(boolean value) {
    return tagged(0x01, new byte[] {(byte) (value ? 0xFF : 0)});
  }

  static byte[] octets(byte[] content) {
    return tagged(0x04, content);
  }

  /// Returns a string of bits, the last `unused` of which do not count.
  static byte[] bits(byte[] content, int unused) {
    byte[] whole = new byte[content.length + 1];
    whole[0] = (byte) unused;
    System.arraycopy(content, 0, whole, 1, content.length);
    return tagged(0x03, whole);
  }

  static byte[] utf8(String text) {
    return tagged(0x0C, text.getBytes(UTF_8));
  }

  /// Returns a time before 2050 in seconds.
  static byte[] time(Instant time) {
    return tagged(0x17, UTC_TIME.format(time).getBytes(US_ASCII));
  }

  /// Returns the object with the dotted number `oid`.
  static byte[] oid(String oid) {
    String[] parts = oid.split("\\.", -1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(parts[0]) * 40 + Integer.parseInt(parts[1]));
    for (int i = 2; i < parts.length; i++) {
      base128(content, Integer.parseInt(parts[i]));
    }
    return tagged(0x06, content.toByteArray());
  }

  /// Returns `content` behind `tag` and its length.
  static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(content.length + 6);
    whole.write(tag);
    if (content.length < SHORT_LENGTH) {
      whole.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int start = length[0] == 0 ? 1 : 0;
      whole.write(SHORT_LENGTH | (length.length - start));
      whole.write(length, start, length.length - start);
    }
    whole.writeBytes(content);
    return whole.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static void base128(ByteArrayOutputStream out, int value) {
    if (value >= SHORT_LENGTH) {
      base128Upper(out, value >>> 7);
    }
    out.write(value & 0x7F);
  }

  private static void base128Upper(ByteArrayOutputStream out, int value) {
    if (value >= SHORT_LENGTH) {
      base128Upper(out, value >>> 7);
    }
    out.write(SHORT_LENGTH | (value & 0x7F));
  }
}
