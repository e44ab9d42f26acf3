// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// The order of dpkg, as deb-version(7) defines it: epoch, upstream version, revision.
///
/// Text and numbers alternate. In text, `~` comes before the end, the end before letters, letters
/// before everything else. A missing epoch or revision is zero; what stands before a colon and is
/// no number is no epoch.
final class DebianOrder implements VersionOrder {

  private static final int TILDE = 1;
  private static final int END = 2;
  private static final int OTHERS_FROM = 122;
  private static final int BEYOND_ASCII = 0xFF;

  @Override
  public Version parse(String version) {
    int from = 0;
    int to = version.length();
    while (from < to && version.charAt(from) <= ' ') {
      from++;
    }
    while (to > from && version.charAt(to - 1) <= ' ') {
      to--;
    }
    KeyWriter key = new KeyWriter(version.length());
    int colon = version.indexOf(':', from);
    if (colon >= 0 && colon < to && Scan.isNumber(version, from, colon)) {
      key.number(version, from, colon);
      from = colon + 1;
    } else {
      key.zero();
    }
    int hyphen = version.lastIndexOf('-', to - 1);
    if (hyphen < from) {
      part(key, version, from, to);
      part(key, version, to, to);
    } else {
      part(key, version, from, hyphen);
      part(key, version, hyphen + 1, to);
    }
    return key.key();
  }

  private static void part(KeyWriter key, String text, int from, int to) {
    int at = from;
    do {
      while (at < to && !Scan.isDigit(text.charAt(at))) {
        character(key, text.charAt(at));
        at++;
      }
      key.tag(END);
      int digits = at;
      while (at < to && Scan.isDigit(text.charAt(at))) {
        at++;
      }
      key.number(text, digits, at);
    } while (at < to);
    key.tag(END);
  }

  private static void character(KeyWriter key, char c) {
    if (c == '~') {
      key.tag(TILDE);
    } else if (Scan.isLetter(c)) {
      key.tag(c);
    } else if (c < 0x80) {
      key.tag(c + OTHERS_FROM);
    } else {
      key.tag(BEYOND_ASCII);
      key.tag(c >> 8);
      key.tag(c & 0xFF);
    }
  }
}
