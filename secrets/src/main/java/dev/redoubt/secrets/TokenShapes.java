// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Knows secrets by their looks: the prefixes that issuers give their tokens, and randomness.
final class TokenShapes {

  /* How the tokens of one issuer begin, and how they look: a bounded or possessive body behind
  letters that hardly occur otherwise, so the search is linear. */
  private static final String[][] ISSUERS = {
    {"ghp_ gho_ ghu_ ghs_ ghr_", "gh[pousr]_[A-Za-z0-9]{20,255}+"},
    {"github_pat_", "github_pat_[A-Za-z0-9_]{20,255}+"},
    {
      "glpat- glptt- gldt- glrt- glcbt- gloas- glsoat-",
      "gl(?:pat|ptt|dt|rt|cbt|oas|soat)-[A-Za-z0-9_.-]{16,255}+"
    },
    {"sk-", "sk-(?:ant-|proj-|svcacct-|admin-|or-v1-|lf-)?[A-Za-z0-9_-]{20,255}+"},
    {"sk_live_ sk_test_ rk_live_ rk_test_", "[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}+"},
    {"whsec_", "whsec_[A-Za-z0-9+/=]{20,255}+"},
    {"xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs-", "xox[abeoprs]-[A-Za-z0-9-]{10,255}+"},
    {"xapp-", "xapp-[0-9]-[A-Za-z0-9-]{10,255}+"},
    {"AKIA ASIA", "A(?:KIA|SIA)[A-Z2-7]{16}(?![A-Za-z0-9])"},
    {"AIza", "AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9])"},
    {"ya29.", "ya29\\.[A-Za-z0-9_-]{20,2048}+"},
    {"GOCSPX-", "GOCSPX-[A-Za-z0-9_-]{20,64}+"},
    {"npm_", "npm_[A-Za-z0-9]{30,64}+"},
    {"pypi-", "pypi-[A-Za-z0-9_-]{40,512}+"},
    {"hf_", "hf_[A-Za-z0-9]{30,64}+"},
    {"r8_", "r8_[A-Za-z0-9]{30,64}+"},
    {"gsk_", "gsk_[A-Za-z0-9]{30,64}+"},
    {"pplx-", "pplx-[A-Za-z0-9]{30,64}+"},
    {"tvly-", "tvly-[A-Za-z0-9-]{20,64}+"},
    {"fc-", "fc-[a-f0-9]{32}(?![A-Za-z0-9])"},
    {"nvapi-", "nvapi-[A-Za-z0-9_-]{30,128}+"},
    {"BSA", "BSA[A-Za-z0-9_-]{24,40}+"},
    {"SG.", "SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,128}+"},
    {"key-", "key-[a-f0-9]{32}(?![A-Za-z0-9])"},
    {"sq0atp- sq0csp- sq0idp-", "sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{20,64}+"},
    {"EAAA", "EAAA[A-Za-z0-9_-]{50,128}+"},
    {"secret_", "secret_[A-Za-z0-9]{40,64}+"},
    {"ntn_", "ntn_[A-Za-z0-9]{30,64}+"},
    {"lin_api_ lin_oauth_", "lin_(?:api|oauth)_[A-Za-z0-9]{30,64}+"},
    {"figd_", "figd_[A-Za-z0-9_-]{30,64}+"},
    {"pat", "pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}(?![A-Za-z0-9])"},
    {"sbp_", "sbp_[a-f0-9]{40}(?![A-Za-z0-9])"},
    {"sb_secret_", "sb_secret_[A-Za-z0-9_-]{20,64}+"},
    {"dop_v1_", "dop_v1_[a-f0-9]{64}(?![A-Za-z0-9])"},
    {"dapi", "dapi[a-f0-9]{32}(?:-[0-9])?(?![A-Za-z0-9])"},
    {"shpat_ shpca_ shppa_ shpss_", "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}(?![A-Za-z0-9])"},
    {"hvs. hvb. hvr.", "hv[sbr]\\.[A-Za-z0-9_-]{20,255}+"},
    {"glsa_", "glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}"},
    {"ATATT3", "ATATT3[A-Za-z0-9_=-]{50,255}+"},
    {"sntrys_ sntryu_", "sntry[su]_[A-Za-z0-9+/=_-]{30,512}+"},
    {"phc_", "phc_[A-Za-z0-9]{30,64}+"},
    {"phx_", "phx_[A-Za-z0-9]{30,64}+"},
    {"apify_api_", "apify_api_[A-Za-z0-9]{30,64}+"},
    {"dckr_pat_", "dckr_pat_[A-Za-z0-9_-]{20,64}+"},
    {"pul-", "pul-[a-f0-9]{40}(?![A-Za-z0-9])"},
    {"rnd_", "rnd_[A-Za-z0-9]{24,64}+"},
    {"xai-", "xai-[A-Za-z0-9]{40,128}+"},
    {"0 1 2 3 4 5 6 7 8 9", "[0-9]{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9])"},
  };
  private static final String JWT =
      "eyJ[A-Za-z0-9_-]{10,4096}\\.eyJ[A-Za-z0-9_-]{10,8192}\\.[A-Za-z0-9_-]{0,2048}+";
  /* What only its address gives away. */
  private static final String[][] ADDRESSED = {
    {
      "services/ workflows/ triggers/",
      "(?<=hooks\\.slack\\.com/)(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,128}+"
    },
    {"0 1 2 3 4 5 6 7 8 9", "(?<=discord\\.com/api/webhooks/)[0-9]{10,25}/[A-Za-z0-9_-]{40,128}+"},
  };
  private static final Pattern KNOWN =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:"
              + looks(ISSUERS)
              + "|"
              + JWT
              + ")|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----|"
              + looks(ADDRESSED));

  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9+/=_.~-]{32,512}");
  private static final double RANDOM_BITS = 4.0;

  private TokenShapes() {}

  private static String looks(String[][] issuers) {
    StringJoiner out = new StringJoiner("|");
    for (String[] issuer : issuers) {
      out.add(issuer[1]);
    }
    return out.toString();
  }

  /// Returns how the tokens of each issuer begin, apart by blanks, and a pattern for one; without
  /// those of three parts that [TokenFinder] reads by itself.
  static List<String[]> issuers() {
    return Stream.of(ISSUERS, ADDRESSED).flatMap(Arrays::stream).toList();
  }

  /// Returns a matcher over the tokens of known issuers in `text`.
  static Matcher known(String text) {
    return KNOWN.matcher(text);
  }

  /// Returns whether `value` as a whole looks drawn at random from a large alphabet: at least 32
  /// characters of mixed case with digits, no path, no UUID, no words joined by punctuation.
  static boolean isRandom(String value) {
    if (!OPAQUE.matcher(value).matches() || UUID.matcher(value).matches()) {
      return false;
    }
    return hasMixedAlphabet(value) && entropy(value) >= RANDOM_BITS && !isWords(value);
  }

  /// Returns whether `value` could be a secret when its name suggests one: at least 12 characters
  /// without blanks, letters and digits together, and no UUID.
  static boolean isOpaque(String value) {
    return value.length() >= 12
        && value.chars().noneMatch(Character::isWhitespace)
        && value.chars().anyMatch(Character::isDigit)
        && value.chars().anyMatch(Character::isLetter)
        && !UUID.matcher(value).matches()
        && !isWords(value);
  }

  private static boolean hasMixedAlphabet(String value) {
    return value.chars().anyMatch(Character::isUpperCase)
        && value.chars().anyMatch(Character::isLowerCase)
        && value.chars().filter(Character::isDigit).count() >= 2;
  }

  /* "gpt-4o-mini-2024-07-18" or "src/main/java/App1.java": every part is a word or a number. A random
  part changes between letters and digits, or between cases, more than once. */
  private static boolean isWords(String value) {
    for (String part : value.split("[^A-Za-z0-9]+", -1)) {
      if (changes(part) > 3) {
        return false;
      }
    }
    return true;
  }

  private static int changes(String part) {
    int changes = 0;
    for (int i = 1; i < part.length(); i++) {
      int before = kind(part.charAt(i - 1));
      int now = kind(part.charAt(i));
      boolean capital = before == 1 && now == 2;
      if (now != before && !capital) {
        changes++;
      }
    }
    return changes;
  }

  private static int kind(char c) {
    if (Character.isDigit(c)) {
      return 0;
    }
    return Character.isUpperCase(c) ? 1 : 2;
  }

  private static double entropy(String value) {
    int[] counts = new int[128];
    value.chars().forEach(c -> counts[c]++);
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / value.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
