// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.redoubt.advisory.versions.VersionOrder.Version;
import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VersionOrderPropertiesTest {

  /* Long enough that work beyond linear would be felt. */
  private static final int LONGEST = 1 << 16;

  private static final List<String> PIECES =
      List.of(
          "0",
          "1",
          "2",
          "10",
          "01",
          "007",
          "18446744073709551616",
          ".",
          ".",
          ".",
          "-",
          "-",
          "_",
          "+",
          "~",
          "^",
          ":",
          "!",
          "a",
          "b",
          "rc",
          "RC",
          "alpha",
          "Final",
          "ga",
          "sp",
          "x",
          "pre",
          "dev",
          "post",
          "SNAPSHOT",
          "-r",
          "_p",
          "_rc",
          "v",
          "#",
          " ",
          "é",
          "\uD83D\uDE00",
          "\uD800");

  static Set<VersionOrder> orders() {
    return Set.copyOf(VersionOrders.all().values());
  }

  @Test
  void everyOrderIsCovered() {
    assertThat(orders()).hasSize(13);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void theOrderIsTotal(VersionOrder order) {
    check(random -> {
      String a = version(random);
      String b = related(random, a);
      String c = related(random, b);
      int ab = sign(order, a, b);
      int bc = sign(order, b, c);
      assertThat(sign(order, b, a)).as("%s against %s", b, a).isEqualTo(-ab);
      assertThat(sign(order, a, a)).as(a).isZero();
      if (ab == 0 || bc == 0 || ab == bc) {
        assertThat(sign(order, a, c))
            .as("%s %d %s %d %s", a, ab, b, bc, c)
            .isEqualTo(ab == 0 ? bc : ab);
      }
    });
  }

  @ParameterizedTest
  @MethodSource("orders")
  void versionsAreEqualIfAndOnlyIfTheyCompareAsEqual(VersionOrder order) {
    check(random -> {
      String a = version(random);
      String b = related(random, a);
      Version left = order.parse(a);
      Version right = order.parse(b);
      assertThat(left.equals(right))
          .as("%s against %s", a, b)
          .isEqualTo(left.compareTo(right) == 0);
      if (left.equals(right)) {
        assertThat(left).hasSameHashCodeAs(right).hasToString(right.toString());
      }
    });
  }

  @ParameterizedTest
  @MethodSource("orders")
  void anIncreasedLastNumberIsAbove(VersionOrder order) {
    check(random -> {
      String prefix = random.nextInt(100) + "." + random.nextInt(100) + ".";
      int last = random.nextInt(1_000_000);
      assertThat(sign(order, prefix + last, prefix + (last + 1))).isEqualTo(-1);
    });
  }

  @ParameterizedTest
  @MethodSource("orders")
  void hostileInputHasAPlaceToo(VersionOrder order) {
    Hostile.inputs()
        .forEach((name, bytes) -> {
          String text =
              new String(bytes, 0, Math.min(bytes.length, LONGEST), StandardCharsets.ISO_8859_1);
          assertThatCode(() -> assertThat(sign(order, text, text + "1")).isBetween(-1, 1))
              .as(name)
              .doesNotThrowAnyException();
        });
  }

  /// Checks `property` 4,000 times; a generator per case would take longer than the cases.
  private static void check(Consumer<RandomGenerator> property) {
    Seeded.check(
        200,
        random -> {
          for (int i = 0; i < 20; i++) {
            property.accept(random);
          }
        });
  }

  private static int sign(VersionOrder order, String a, String b) {
    return Integer.signum(order.compare(a, b));
  }

  private static String version(RandomGenerator random) {
    StringBuilder version = new StringBuilder();
    int pieces = random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      version.append(Seeded.pick(random, PIECES));
    }
    return version.toString();
  }

  /// Returns `version` with one piece put in or cut off, or another one, so that ties are common.
  private static String related(RandomGenerator random, String version) {
    return switch (random.nextInt(4)) {
      case 0 -> version(random);
      case 1 -> version + Seeded.pick(random, PIECES);
      case 2 -> version.substring(0, random.nextInt(version.length() + 1));
      default -> {
        int at = random.nextInt(version.length() + 1);
        yield version.substring(0, at) + Seeded.pick(random, PIECES) + version.substring(at);
      }
    };
  }
}
