// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "/w/*.java, /w/A.java",
    "/w/*, /w/.hidden",
    "/w/**, /w",
    "/w/**, /w/a/b/.c",
    "/w/**/b, /w/b",
    "/w/**/b, /w/a/c/b",
    "/w/a?c, /w/abc",
    "/w/[a-c]x, /w/bx",
    "/w/[!a-c]x, /w/dx",
    "/w/[]]x, /w/]x",
    "/w/\\*, /w/*",
    "/w/é?, /w/é🙂",
    "**/.env, a/b/.env",
    "/w/./a//b, /w/a/b",
  })
  void aPathMatches(String pattern, String path) {
    assertThat(Glob.of(pattern).matches(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/work, /work-evil",
    "/work/**, /work-evil/a",
    "/w/*, /w/a/b",
    "/w/*, /w",
    "/w/*.java, /w/a.javac",
    "/w/a?c, /w/a/c",
    "/w/[a-c]x, /w/dx",
    "/w/[!a-c]x, /w/ax",
    "/w/\\*, /w/a",
    "w/*, /w/a",
    "/w/**/b, /w/a",
    "/w/A, /w/a",
  })
  void aPathDoesNotMatch(String pattern, String path) {
    assertThat(Glob.of(pattern).matches(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/w/[a", "/w/a\\", "/w/a**", "/w/../x", "/w/[[:alpha:]]"})
  void aMistakeInARuleIsAnError(String pattern) {
    assertThatIllegalArgumentException().isThrownBy(() -> Glob.of(pattern));
  }

  @Test
  void aPatternOverTheLimitIsAnErrorInARuleAndEverythingInAShell() {
    String pattern = "/" + "a".repeat(Glob.LONGEST);

    assertThatIllegalArgumentException().isThrownBy(() -> Glob.of(pattern));
    assertThat(Glob.ofShell("/w" + pattern).matches("w/x")).isFalse();
    assertThat(Glob.ofShell("/w" + pattern).intersects(Glob.of("/etc/shadow"))).isTrue();
  }

  @Test
  void aRuleIsMadeAbsoluteAndStaysAsWritten() {
    Glob source = Glob.of("src/**", "/w[1]", "/home/u");
    Glob keys = Glob.of("~/.ssh/**", "/w", "/home/u");

    assertThat(source.matches("/w[1]/src/A.java")).isTrue();
    assertThat(source).hasToString("src/**");
    assertThat(keys.matches("/home/u/.ssh/id")).isTrue();
    assertThat(keys.matches("/w/.ssh/id")).isFalse();
    assertThat(Glob.of("/etc/*", "/w", "/h").matches("/etc/hosts")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/w/*, /w/.env, false",
    "/w/.*, /w/.env, true",
    "/w/?env, /w/.env, false",
    "/w/[.]env, /w/.env, false",
    "/w/**/x, /w/.git/x, false",
    "/w/*/id, /w/.ssh/id, false",
    "/w/.s*/id, /w/.ssh/id, true",
    "/w/[a, /w/[a, true",
    "/w/[[:alpha:]]x, /w/ax, true",
    "/w/@(.env|b), /w/.env, true",
    "/w/x/../y, /w/y, true",
    "/w/**/../y, /w/a/y, true",
  })
  void aShellNeedsTheDotWritten(String pattern, String path, boolean matches) {
    assertThat(Glob.ofShell(pattern).matches(path)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "/home/*/.s*/id*, /home/*/.ssh/**, true",
    "/pro?/self/environ, /proc/*/environ, true",
    "/w/*, /w/.env, false",
    "/w/**, /w/.git/config, false",
    "/w/.*, /w/.env.*, true",
    "/w/*.java, /w/*.pem, false",
    "/w/*a, /w/b*, true",
    "/work*, /work-evil, true",
    "/work, /work-evil, false",
    "/w/**/c, /w/a/**, true",
    "/etc/sh[a]dow, /etc/shadow, true",
    "/etc/sh[!a]dow, /etc/shadow, false",
    "/w, w, false",
  })
  void twoPatternsMeet(String shell, String rule, boolean meet) {
    assertThat(Glob.ofShell(shell).intersects(Glob.of(rule))).isEqualTo(meet);
    assertThat(Glob.of(rule).intersects(Glob.ofShell(shell))).isEqualTo(meet);
  }

  @ParameterizedTest
  @CsvSource({
    "/w/src/**, /w/src/*.c, true",
    "/w/src/*, /w/src/*.c, true",
    "/w/src/*.c, /w/src/*, false",
    "/w/src/**, /w/*/a.c, false",
    "/w/**, /w/**, true",
    "/w/*, /w/**, false",
    "/w/?*, /w/a*, true",
    "/w/a*, /w/?*, false",
    "/w/[ab]*, /w/[ab]x, true",
    "/w/[ab]*, /w/ax*, true",
  })
  void onePatternCoversAnother(String rule, String shell, boolean covers) {
    assertThat(Glob.of(rule).covers(Glob.ofShell(shell))).isEqualTo(covers);
  }

  @Test
  void whatIsQuotedMatchesOnlyItself() {
    String name = "/w/a*b?[c]\\d";

    assertThat(Glob.of(Glob.quote(name)).matches(name)).isTrue();
    assertThat(Glob.of(Glob.quote(name)).matches("/w/aXb?[c]\\d")).isFalse();
    assertThat(Glob.exactly(name).matches(name)).isTrue();
  }

  @Test
  void longPatternsAreAnsweredWithoutRecursion() {
    String many = "/*a".repeat(1300);

    assertThat(Glob.of(many).intersects(Glob.of("/**/b"))).isFalse();
    assertThat(Glob.of("/" + "*a".repeat(2000)).matches("/" + "a".repeat(4000))).isTrue();
    assertThat(Glob.of("/" + "*a".repeat(200)).intersects(Glob.of("/" + "*b".repeat(200))))
        .isFalse();
  }

  @Test
  void meetingAndCoveringAgreeWithMatchingEveryShortPath() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261122);
    List<String> paths = paths();
    for (int i = 0; i < 4000; i++) {
      Glob left = random.nextBoolean() ? Glob.of(pattern(random)) : Glob.ofShell(pattern(random));
      Glob right = Glob.of(pattern(random));
      boolean common = false;
      boolean all = true;
      for (String path : paths) {
        boolean inLeft = left.matches(path);
        boolean inRight = right.matches(path);
        common |= inLeft && inRight;
        all &= !inLeft || inRight;
      }
      if (common) {
        assertThat(left.intersects(right)).as("%s meets %s", left, right).isTrue();
      }
      if (right.covers(left)) {
        assertThat(all).as("%s covers %s", right, left).isTrue();
      }
      if (!common && left.intersects(right)) {
        assertThat(hasLongerWitness(left, right)).as("%s meets %s", left, right).isTrue();
      }
    }
  }

  /* Names of up to three characters do not show every meeting, so longer ones are tried then. */
  private static boolean hasLongerWitness(Glob left, Glob right) {
    for (String first : names(5)) {
      if (left.matches("/" + first) && right.matches("/" + first)) {
        return true;
      }
      for (String second : names(4)) {
        String path = "/" + first + "/" + second;
        if (left.matches(path) && right.matches(path)) {
          return true;
        }
      }
    }
    return left.toString().contains("**") && right.toString().contains("**");
  }

  private static String pattern(RandomGenerator random) {
    StringBuilder pattern = new StringBuilder();
    int names = 1 + random.nextInt(2);
    for (int i = 0; i < names; i++) {
      pattern.append('/');
      if (random.nextInt(6) == 0) {
        pattern.append("**");
        continue;
      }
      int length = 1 + random.nextInt(2);
      String last = "";
      for (int c = 0; c < length; c++) {
        String next = List.of("a", "b", ".b", "?", "*", "a").get(random.nextInt(6));
        pattern.append(next.equals("*") && last.equals("*") ? "a" : next);
        last = next.equals("*") && last.equals("*") ? "a" : next;
      }
    }
    return pattern.toString();
  }

  private static List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (String first : names(3)) {
      paths.add("/" + first);
      for (String second : names(2)) {
        paths.add("/" + first + "/" + second);
      }
    }
    return paths;
  }

  private static List<String> names(int longest) {
    List<String> names = new ArrayList<>();
    List<String> previous = List.of("");
    for (int length = 1; length <= longest; length++) {
      List<String> next = new ArrayList<>();
      for (String name : previous) {
        for (String c : List.of("a", "b", ".")) {
          next.add(name + c);
        }
      }
      names.addAll(next);
      previous = next;
    }
    names.remove(".");
    names.remove("..");
    return names;
  }
}
