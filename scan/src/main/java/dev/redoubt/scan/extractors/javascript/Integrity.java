// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.Node;
import dev.redoubt.model.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/// The hashes of a subresource integrity text: `sha512-…`, several separated by white space.
final class Integrity {

  private Integrity() {}

  /// Returns the hashes of the field `integrity` of `entry`, none when it has none.
  static List<Hash> of(Node entry) {
    return of(entry.text("integrity").orElse(""));
  }

  /// Returns the hashes that `text` states; a word that states none is left out.
  static List<Hash> of(String text) {
    List<Hash> hashes = new ArrayList<>();
    StringTokenizer words = new StringTokenizer(text);
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      int dash = word.indexOf('-');
      int options = word.indexOf('?');
      String value = word.substring(dash + 1, options > dash ? options : word.length());
      if (dash > 0 && !value.isEmpty()) {
        hashes.add(new Hash(word.substring(0, dash).toLowerCase(Locale.ROOT), value));
      }
    }
    return hashes;
  }

  /// Returns whether `text` is a hexadecimal digest of `length` characters.
  static boolean isHex(String text, int length) {
    return text.length() == length && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }
}
