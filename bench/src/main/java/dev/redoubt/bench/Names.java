// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/// Names and versions that look like those of packages. Never gives the same name twice.
final class Names {

  private static final String[] SYLLABLES = {
    "ab", "col", "dex", "er", "fi", "gon", "hap", "is", "jo", "ka", "lib", "mo", "node", "or",
    "par", "qu", "ra", "st", "tra", "un", "ver", "web", "xy", "yo", "ze"
  };

  private final Random random;
  private final Set<String> given = new HashSet<>();

  Names(Random random) {
    this.random = random;
  }

  /// Returns a name of npm, one in eight with a scope.
  String npm() {
    while (true) {
      String name =
          random.nextInt(8) == 0 ? "@" + word(2) + "/" + word(2) : word(2) + "-" + word(1);
      if (given.add(name)) {
        return name;
      }
    }
  }

  /// Returns a version of three numbers, one in twenty with a pre-release.
  String version() {
    String version = random.nextInt(12) + "." + random.nextInt(30) + "." + random.nextInt(20);
    return random.nextInt(20) == 0 ? version + "-beta." + random.nextInt(9) : version;
  }

  private String word(int atLeast) {
    StringBuilder word = new StringBuilder();
    int syllables = atLeast + random.nextInt(3);
    for (int i = 0; i < syllables; i++) {
      word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    }
    return word.toString();
  }
}
