// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenFinderTest {

  private static final int ROUNDS = 4_000;

  /* The one pattern with all issuers in it is what the search by beginnings has to agree with. */
  @Test
  void findsWhatThePatternOfAllIssuersFinds() {
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      String text = text(random);
      assertThat(found(text)).as(text).isEqualTo(expected(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eyJ",
        "-eyJ",
        "eyJhbGciOi-eyJ",
        "gsk_",
        "sk-",
        "xoxb-",
        "ghp_a ",
        "12345678 ",
        "SG.a.",
        "sk-proj-",
        "AKIA ",
        "a.eyJaaaaaaaaaaa",
        "services/",
        "pat"
      })
  void doesNotLookTwiceAsOftenForTwiceTheText(String part) {
    assertThat(looked(part, 40_000)).isLessThanOrEqualTo(2 * looked(part, 20_000) + 40_000);
  }

  private static long looked(String part, int length) {
    String text = part.repeat(length / part.length());
    TokenFinder finder = new TokenFinder(text);
    int from = 0;
    while (finder.find(from)) {
      from = finder.end();
    }
    return finder.looked();
  }

  private static List<String> found(String text) {
    List<String> found = new ArrayList<>();
    TokenFinder finder = new TokenFinder(text);
    int from = 0;
    while (finder.find(from)) {
      found.add(text.substring(finder.start(), finder.end()));
      from = finder.end();
    }
    return found;
  }

  private static List<String> expected(String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = TokenShapes.known(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static String text(Random random) {
    List<String[]> issuers = TokenShapes.issuers();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      out.append(
          switch (random.nextInt(8)) {
            case 0 -> " ";
            case 1 -> "hooks.slack.com/";
            case 2 -> "discord.com/api/webhooks/";
            case 3 -> "eyJ" + word(random) + ".eyJ" + word(random) + "." + word(random);
            case 4 -> random.nextInt(999_999_999) + ":AA" + word(random);
            default -> {
              String[] begins = issuers.get(random.nextInt(issuers.size()))[0].split(" ", -1);
              yield begins[random.nextInt(begins.length)] + word(random);
            }
          });
    }
    return out.toString();
  }

  private static String word(Random random) {
    String letters = random.nextBoolean() ? "0123456789abcdef" : "abcXYZ019-_./+=AAKIA234567";
    StringBuilder out = new StringBuilder();
    int length = random.nextInt(5) == 0 ? 32 : random.nextInt(70);
    for (int i = 0; i < length; i++) {
      out.append(letters.charAt(random.nextInt(letters.length())));
    }
    return out.toString();
  }
}
