// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// The order of Python's version specifiers (PEP 440), as `packaging` compares them.
///
/// What is no version by PEP 440 comes below everything that is, in the order of [PypiLegacy].
final class PypiOrder implements VersionOrder {

  private static final int VALID = 2;

  private static final int NO_EPOCH = 0;
  private static final int EPOCH = 1;

  /* A development release of no pre-release comes before the first alpha. */
  private static final int PRE_OF_DEV = 1;
  private static final int ALPHA = 2;
  private static final int BETA = 3;
  private static final int CANDIDATE = 4;
  private static final int NO_PRE = 5;

  private static final int NO_POST = 1;
  private static final int POST = 2;
  private static final int DEV = 1;
  private static final int NO_DEV = 2;

  private static final int LOCAL_END = 1;
  private static final int LOCAL_TEXT = 2;
  private static final int LOCAL_NUMBER = 3;

  @Override
  public Version parse(String version) {
    KeyWriter key = new KeyWriter(version.length());
    key.tag(VALID);
    return new Reader(version, key).isValid() ? key.key() : PypiLegacy.parse(version);
  }

  /// One pass over one version; `isValid` is called once.
  private static final class Reader {

    private final String text;
    private final KeyWriter key;
    private final int end;
    private int at;
    private int numberFrom;
    private int numberTo;

    Reader(String text, KeyWriter key) {
      this.text = text;
      this.key = key;
      int last = text.length();
      while (last > 0 && text.charAt(last - 1) <= ' ') {
        last--;
      }
      end = last;
    }

    boolean isValid() {
      while (at < end && text.charAt(at) <= ' ') {
        at++;
      }
      if (Scan.isAt(text, at, 'v') || Scan.isAt(text, at, 'V')) {
        at++;
      }
      if (!Scan.isDigitAt(text, at)) {
        return false;
      }
      epoch();
      int release = at;
      at = Release.write(key, text, at);
      if (at == release) {
        return false;
      }
      suffixes();
      return local();
    }

    private void epoch() {
      int digits = Scan.afterDigits(text, at);
      if (Scan.isAt(text, digits, '!') && Scan.afterZeros(text, at, digits) < digits) {
        key.tag(EPOCH);
        key.number(text, at, digits);
      } else {
        key.tag(NO_EPOCH);
      }
      if (Scan.isAt(text, digits, '!')) {
        at = digits + 1;
      }
    }

    private void suffixes() {
      int pre = preRelease();
      int preFrom = numberFrom;
      int preTo = numberTo;
      boolean post = postRelease();
      int postFrom = numberFrom;
      int postTo = numberTo;
      boolean dev = word("dev");
      if (dev) {
        number();
      }
      if (pre == NO_PRE) {
        key.tag(dev && !post ? PRE_OF_DEV : NO_PRE);
      } else {
        key.tag(pre);
        key.number(text, preFrom, preTo);
      }
      key.tag(post ? POST : NO_POST);
      if (post) {
        key.number(text, postFrom, postTo);
      }
      key.tag(dev ? DEV : NO_DEV);
      if (dev) {
        key.number(text, numberFrom, numberTo);
      }
    }

    private int preRelease() {
      int kind = NO_PRE;
      if (word("alpha") || word("a")) {
        kind = ALPHA;
      } else if (word("beta") || word("b")) {
        kind = BETA;
      } else if (word("preview") || word("pre") || word("rc") || word("c")) {
        kind = CANDIDATE;
      }
      if (kind != NO_PRE) {
        number();
      }
      return kind;
    }

    private boolean postRelease() {
      if (Scan.isAt(text, at, '-') && Scan.isDigitAt(text, at + 1)) {
        number();
        return true;
      }
      if (word("post") || word("rev") || word("r")) {
        number();
        return true;
      }
      return false;
    }

    /// Steps over `wanted` and the separator that may stand before it.
    private boolean word(String wanted) {
      if (at == end) {
        return false;
      }
      int start = isSeparator(text.charAt(at)) ? at + 1 : at;
      if (text.regionMatches(true, start, wanted, 0, wanted.length())) {
        at = start + wanted.length();
        return true;
      }
      return false;
    }

    /// Steps over a number and the separator that may stand before it; neither means zero.
    private void number() {
      numberFrom = at < end && isSeparator(text.charAt(at)) ? at + 1 : at;
      numberTo = Scan.afterDigits(text, numberFrom);
      at = numberTo;
    }

    private boolean local() {
      if (at == end) {
        key.tag(LOCAL_END);
        return true;
      }
      if (text.charAt(at) != '+') {
        return false;
      }
      do {
        at++;
        int from = at;
        while (at < end && (Scan.isDigit(text.charAt(at)) || Scan.isLetter(text.charAt(at)))) {
          at++;
        }
        if (at == from) {
          return false;
        }
        if (Scan.isNumber(text, from, at)) {
          key.tag(LOCAL_NUMBER);
          key.number(text, from, at);
        } else {
          key.tag(LOCAL_TEXT);
          key.lowerCaseText(text, from, at);
        }
      } while (at < end && isSeparator(text.charAt(at)));
      key.tag(LOCAL_END);
      return at == end;
    }

    private static boolean isSeparator(char c) {
      return c == '.' || c == '-' || c == '_';
    }
  }
}
