// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Runs a property many times with randomness that can be repeated.
public final class Seeded {

  private static final long FIRST_SEED = Long.getLong("seed", 20_260_101L);

  private Seeded() {}

  /// Checks `property` `runs` times, each with a generator of its own seed; a failure names the
  /// seed, and `-Dseed=…` repeats it first.
  public static void check(int runs, Consumer<RandomGenerator> property) {
    for (int run = 0; run < runs; run++) {
      long seed = FIRST_SEED + run;
      try {
        property.accept(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("failed with -Dseed=" + seed, e);
      }
    }
  }

  /// Returns one of `choices`.
  public static <T> T pick(RandomGenerator random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// Returns a text of `length` characters drawn from `alphabet`.
  public static String text(RandomGenerator random, String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
