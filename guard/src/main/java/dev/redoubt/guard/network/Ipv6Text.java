// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import org.jspecify.annotations.Nullable;

/// The spellings of an IPv6 address: any of RFC 4291 is read, the one of RFC 5952 is written.
final class Ipv6Text {

  private static final int GROUPS = 8;

  private final String text;
  private final int[] groups = new int[GROUPS];
  private int count;
  private int gap = -1;
  private int at;

  private Ipv6Text(String text) {
    this.text = text;
  }

  /// Returns the 16 bytes, or null when `text` spells none; a zone is no part of a spelling.
  static byte @Nullable [] parse(String text) {
    Ipv6Text reader = new Ipv6Text(text);
    return reader.read() ? reader.bytes() : null;
  }

  private boolean read() {
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      int start = at;
      if (count == GROUPS || !group()) {
        return false;
      }
      if (at < text.length() && text.charAt(at) == '.') {
        return quad(start) && complete();
      }
      if (!separator()) {
        return false;
      }
    }
    return complete();
  }

  /// Reads what stands between two groups; a single colon must be followed by another group.
  private boolean separator() {
    if (at == text.length()) {
      return true;
    }
    if (text.charAt(at) != ':') {
      return false;
    }
    at++;
    if (at < text.length() && text.charAt(at) == ':') {
      if (gap >= 0) {
        return false;
      }
      gap = count;
      at++;
      return true;
    }
    return at < text.length();
  }

  private boolean group() {
    int start = at;
    int value = 0;
    while (at < text.length() && at - start < 4 && hex(text.charAt(at)) >= 0) {
      value = value * 16 + hex(text.charAt(at));
      at++;
    }
    if (at == start) {
      return false;
    }
    groups[count++] = value;
    return true;
  }

  /// Reads the rest from `start` on as the four numbers that may end an address.
  private boolean quad(int start) {
    byte[] quad = Ipv4Text.parse(text.substring(start));
    if (quad == null || count + 1 > GROUPS) {
      return false;
    }
    groups[count - 1] = ((quad[0] & 0xFF) << 8) | (quad[1] & 0xFF);
    groups[count++] = ((quad[2] & 0xFF) << 8) | (quad[3] & 0xFF);
    at = text.length();
    return true;
  }

  /// Eight groups, or fewer with a gap that stands for at least one.
  private boolean complete() {
    return gap >= 0 ? count < GROUPS : count == GROUPS;
  }

  private byte[] bytes() {
    byte[] bytes = new byte[16];
    int before = gap >= 0 ? gap : count;
    for (int i = 0; i < count; i++) {
      int group = i < before ? i : GROUPS - count + i;
      bytes[2 * group] = (byte) (groups[i] >> 8);
      bytes[2 * group + 1] = (byte) groups[i];
    }
    return bytes;
  }

  /// Returns the spelling of RFC 5952, IPv4 at the end as a quad only for mapped addresses.
  static String format(byte[] bytes) {
    return isMapped(bytes) ? "::ffff:" + Ipv4Text.format(bytes, 12) : formatGroups(bytes);
  }

  /// Returns the spelling of RFC 5952 in hexadecimal groups only.
  static String formatGroups(byte[] bytes) {
    int longest = 0;
    int start = -1;
    for (int i = 0; i < GROUPS; ) {
      int end = i;
      while (end < GROUPS && groupAt(bytes, end) == 0) {
        end++;
      }
      if (end - i > longest) {
        longest = end - i;
        start = i;
      }
      i = Math.max(end, i + 1);
    }
    return join(bytes, longest > 1 ? start : -1, longest);
  }

  private static String join(byte[] bytes, int gapStart, int gapLength) {
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength - 1;
        continue;
      }
      if (i > 0 && i != gapStart + gapLength) {
        text.append(':');
      }
      text.append(Integer.toHexString(groupAt(bytes, i)));
    }
    return text.toString();
  }

  private static int groupAt(byte[] bytes, int group) {
    return ((bytes[2 * group] & 0xFF) << 8) | (bytes[2 * group + 1] & 0xFF);
  }

  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1;
  }

  /// Returns the value of a hexadecimal digit of ASCII, or -1.
  static int hex(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}
