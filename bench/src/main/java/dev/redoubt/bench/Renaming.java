// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names that one copy of a set of advisories has instead of the original ones.
///
/// Names keep their length and their look: a vowel becomes a vowel, a consonant a consonant, a
/// digit a digit, the same one everywhere in the copy, so that no two names fall together. Copy 0
/// is the original.
final class Renaming {

  private static final List<String> CLASSES =
      List.of("aeiou", "bcdfghjklmnpqrstvwxyz", "AEIOU", "BCDFGHJKLMNPQRSTVWXYZ", "0123456789");
  private static final Pattern WITH_YEAR = Pattern.compile("([A-Z]+-)(\\d{4})(-.+)");
  private static final int YEARS_PER_COPY = 100;

  private final int copy;
  private final char[] letters = new char[128];

  Renaming(int copy, long seed) {
    this.copy = copy;
    for (char c = 0; c < letters.length; c++) {
      letters[c] = c;
    }
    if (copy > 0) {
      Random random = new Random(seed * 31 + copy);
      for (String alike : CLASSES) {
        permute(alike, random);
      }
    }
  }

  private void permute(String alike, Random random) {
    List<Character> shuffled = new ArrayList<>();
    alike.chars().forEach(c -> shuffled.add((char) c));
    Collections.shuffle(shuffled, random);
    for (int i = 0; i < alike.length(); i++) {
      letters[alike.charAt(i)] = shuffled.get(i);
    }
  }

  /// Returns the id of a record or alias in this copy: the year is another one where there is one,
  /// so that ids of two copies never meet.
  String id(String id) {
    if (copy == 0) {
      return id;
    }
    Matcher dated = WITH_YEAR.matcher(id);
    if (dated.matches()) {
      int year = Integer.parseInt(dated.group(2)) + copy * YEARS_PER_COPY;
      return dated.group(1) + year + dated.group(3);
    }
    int prefix = id.indexOf('-') + 1;
    return id.startsWith("GHSA-")
        ? id.substring(0, prefix) + name(id.substring(prefix))
        : id + "-" + copy;
  }

  /// Returns the name of a package in this copy.
  String name(String name) {
    StringBuilder renamed = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      renamed.append(c < letters.length ? letters[c] : c);
    }
    return renamed.toString();
  }
}
