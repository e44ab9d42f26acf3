// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.policy.TextPattern.Wildcards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {

  @ParameterizedTest
  @CsvSource({
    "a*b, ab, true, true",
    "a*b, axxb, true, true",
    "a*b, axxbxb, true, true",
    "a*b, axxbc, false, false",
    "a*, a, true, true",
    "a*, b, false, false",
    "a, ab, false, false",
    "ab, a, false, false",
    "a?c, abc, true, true",
    "a?c, ac, false, false",
    "a?c, a\ud83d\ude00c, true, true",
    "a??c, a\ud83d\ude00c, false, false",
    "?x, \ud83dx, true, true",
    "??, \ud83dx, true, true",
    "?, \ud83d, true, true",
    "a*, '\0', false, false",
    "*, '\0', true, true",
    "a, 'a\0', false, false",
    "A, a, false, true",
    "\u00e9, e\u0301, false, true",
    "\u212a, k, false, true",
    "a\\*b, a*b, true, true",
    "a\\*b, axb, false, false",
    "a\\?, a?, true, true",
    "a\\?, ab, false, false",
  })
  void aTextMatchesForSureOrPossibly(String pattern, String text, boolean sure, boolean possible) {
    assertThat(pattern(pattern).matches(text, Certainty.SURE)).isEqualTo(sure);
    assertThat(pattern(pattern).matches(text, Certainty.POSSIBLE)).isEqualTo(possible);
  }

  @ParameterizedTest
  @CsvSource({
    "a*, ab, true",
    "a*, a*b, true",
    "a*, b*, false",
    "a?, ab, true",
    "a?, a?, true",
    "a?, a*, false",
    "a?, a\u00e9, false",
    "?a, \u00e9a, false",
    "?a, ?a, true",
    "a*, a\u00e9, true",
    "\u00e9*, \u00e9a, false",
    "\u00e9*, \u00e9*, true",
    "\u007f*, \u007fa, true",
    "*, ?, true",
    "?, *, false",
  })
  void aPatternCoversAnotherWhenThatIsCertain(String wide, String narrow, boolean covers) {
    assertThat(pattern(wide).covers(pattern(narrow))).isEqualTo(covers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uffff", "\ufffe", "a\\\uffff", "a\\\ufffe", "a\\"})
  void whatIsNoCharacterIsNoPattern(String word) {
    assertThat(TextPattern.of(word, Wildcards.STAR)).isEmpty();
  }

  @Test
  void aWildcardIsOneOnlyWhereItIsAllowed() {
    assertThat(TextPattern.of("a*?\\", Wildcards.NONE)).contains(TextPattern.literal("a*?\\"));
    assertThat(TextPattern.of("a?", Wildcards.STAR)).contains(TextPattern.literal("a?"));
    assertThat(pattern("a**b")).isEqualTo(pattern("a*b"));
    assertThat(pattern("**")).isEqualTo(TextPattern.EVERYTHING);
    assertThat(TextPattern.literal("\uffff\ufffe")).isEqualTo(TextPattern.literal("\ufffd\ufffd"));
  }

  @Test
  void aPatternKnowsItsCharacters() {
    assertThat(pattern("ab").isLiteral()).isTrue();
    assertThat(pattern("*").isLiteral()).isFalse();
    assertThat(pattern("?").isLiteral()).isFalse();
    assertThat(pattern("ab").contains('a')).isTrue();
    assertThat(pattern("ab").contains('c')).isFalse();
    assertThat(pattern("a*b?").example("xy")).isEqualTo("axybx");
    assertThat(pattern("*").example("")).isEmpty();
  }

  private static TextPattern pattern(String word) {
    return TextPattern.of(word, Wildcards.STAR_AND_QUESTION_MARK).orElseThrow();
  }
}
