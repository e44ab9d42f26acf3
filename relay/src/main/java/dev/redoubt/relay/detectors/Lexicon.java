// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The phrases of orders in some thirty languages, as a tree of letters.
///
/// A search starts at every place where a word may start and goes down as far as letters fit, never
/// further than the longest phrase: linear. Safe to share.
@SuppressWarnings("EnumOrdinal") // a bit for each meaning
final class Lexicon {

  private static final String FILE = "orders.txt";
  private static final int LONGEST = 48;
  /* From here on are alphabets that join what Latin ones keep apart, or have no blanks. */
  private static final char JOINED = 0x590;

  private final Branch root = new Branch();
  private final @Nullable Branch[] first = new @Nullable Branch[0x600];

  private static final class Branch {
    char[] letters = new char[0];
    Branch[] next = new Branch[0];
    long whole;
    long stem;

    Branch child(char c) {
      int at = Arrays.binarySearch(letters, c);
      if (at >= 0) {
        return next[at];
      }
      int insert = -at - 1;
      char[] more = new char[letters.length + 1];
      Branch[] places = new Branch[letters.length + 1];
      System.arraycopy(letters, 0, more, 0, insert);
      System.arraycopy(next, 0, places, 0, insert);
      System.arraycopy(letters, insert, more, insert + 1, letters.length - insert);
      System.arraycopy(next, insert, places, insert + 1, letters.length - insert);
      more[insert] = c;
      places[insert] = new Branch();
      letters = more;
      next = places;
      return places[insert];
    }
  }

  /// Hears of phrases in the order in which they start.
  interface Hearer {
    /// A phrase from `start` to `end` means all of `meanings`, a bit for each.
    void hears(long meanings, int start, int end);
  }

  private static final class Holder {
    static final Lexicon BUILT_IN = read();
  }

  private Lexicon() {}

  /// Returns the phrases of the product.
  static Lexicon builtIn() {
    return Holder.BUILT_IN;
  }

  private static Lexicon read() {
    Lexicon lexicon = new Lexicon();
    try (InputStream in = Objects.requireNonNull(Lexicon.class.getResourceAsStream(FILE), FILE);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(": ");
        if (!line.startsWith("#") && colon > 0) {
          long bit = 1L << Meaning.valueOf(line.substring(0, colon)).ordinal();
          lexicon.add(line.substring(colon + 2), bit);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < lexicon.root.letters.length; i++) {
      if (lexicon.root.letters[i] < lexicon.first.length) {
        lexicon.first[lexicon.root.letters[i]] = lexicon.root.next[i];
      }
    }
    return lexicon;
  }

  private void add(String phrases, long bit) {
    int from = 0;
    while (from < phrases.length()) {
      int bar = phrases.indexOf(" | ", from);
      int to = bar < 0 ? phrases.length() : bar;
      String phrase = phrases.substring(from, to).strip();
      boolean stem = phrase.endsWith("~");
      String folded = Folding.fold(stem ? phrase.substring(0, phrase.length() - 1) : phrase);
      Branch place = root;
      for (int i = 0; i < folded.length() && i < LONGEST; i++) {
        place = place.child(folded.charAt(i));
      }
      if (stem) {
        place.stem |= bit;
      } else {
        place.whole |= bit;
      }
      from = to + 3;
    }
  }

  /// Tells `hearer` every phrase in `text`, which is folded, and returns how many letters were
  /// looked at.
  long search(CharSequence text, Hearer hearer) {
    long looked = 0;
    for (int start = 0; start < text.length(); start++) {
      char c = text.charAt(start);
      looked++;
      if (c == ' ' || (c < JOINED && start > 0 && !isStart(text.charAt(start - 1), c))) {
        continue;
      }
      Branch place = c < first.length ? first[c] : below(root, c);
      int at = start + 1;
      while (place != null) {
        long found = place.stem;
        if (place.whole != 0 && isEnd(text, at)) {
          found |= place.whole;
        }
        if (found != 0) {
          hearer.hears(found, start, at);
        }
        if (at >= text.length()) {
          break;
        }
        looked++;
        place = below(place, text.charAt(at++));
      }
    }
    return looked;
  }

  private static boolean isStart(char before, char c) {
    return !Character.isLetterOrDigit(c) || !Character.isLetterOrDigit(before) || before >= JOINED;
  }

  private static boolean isEnd(CharSequence text, int at) {
    if (at >= text.length() || text.charAt(at - 1) >= JOINED) {
      return true;
    }
    char after = text.charAt(at);
    return !Character.isLetterOrDigit(after) || after >= JOINED || !isWord(text.charAt(at - 1));
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c);
  }

  private static @Nullable Branch below(Branch place, char c) {
    char[] letters = place.letters;
    if (letters.length < 8) {
      for (int i = 0; i < letters.length; i++) {
        if (letters[i] == c) {
          return place.next[i];
        }
      }
      return null;
    }
    int at = Arrays.binarySearch(letters, c);
    return at < 0 ? null : place.next[at];
  }
}
