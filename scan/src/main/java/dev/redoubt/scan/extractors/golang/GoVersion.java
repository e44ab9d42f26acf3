// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

/// The order in which Go chooses between versions of one module: the highest one wins.
final class GoVersion {

  private GoVersion() {}

  /// Returns whether `version` names one version, and not a branch or a query such as `latest`.
  static boolean isPinned(String version) {
    int dots = 0;
    for (int i = 1; i < version.length() && isCore(version.charAt(i)); i++) {
      if (version.charAt(i) == '.') {
        dots++;
      }
    }
    return version.startsWith("v")
        && version.length() > 1
        && isDigit(version.charAt(1))
        && dots == 2;
  }

  /// Returns a negative number, zero or a positive number as `a` is below, equal to or above `b`.
  static int compare(String a, String b) {
    String left = withoutBuild(a);
    String right = withoutBuild(b);
    int leftDash = left.indexOf('-');
    int rightDash = right.indexOf('-');
    int core =
        compareParts(
            leftDash < 0 ? left : left.substring(0, leftDash),
            rightDash < 0 ? right : right.substring(0, rightDash));
    if (core != 0) {
      return core;
    }
    if (leftDash < 0 || rightDash < 0) {
      return Boolean.compare(leftDash < 0, rightDash < 0);
    }
    return compareParts(left.substring(leftDash + 1), right.substring(rightDash + 1));
  }

  private static String withoutBuild(String version) {
    String bare = version.startsWith("v") ? version.substring(1) : version;
    int plus = bare.indexOf('+');
    return plus < 0 ? bare : bare.substring(0, plus);
  }

  private static int compareParts(String a, String b) {
    String[] left = a.split("\\.", -1);
    String[] right = b.split("\\.", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int byPart = comparePart(left[i], right[i]);
      if (byPart != 0) {
        return byPart;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  /* Numbers compare by value and are below words. */
  private static int comparePart(String a, String b) {
    boolean leftNumber = !a.isEmpty() && a.chars().allMatch(GoVersion::isDigit);
    boolean rightNumber = !b.isEmpty() && b.chars().allMatch(GoVersion::isDigit);
    if (leftNumber && rightNumber) {
      String left = withoutZeros(a);
      String right = withoutZeros(b);
      return left.length() != right.length()
          ? Integer.compare(left.length(), right.length())
          : left.compareTo(right);
    }
    return leftNumber == rightNumber ? a.compareTo(b) : Boolean.compare(rightNumber, leftNumber);
  }

  private static String withoutZeros(String digits) {
    int i = 0;
    while (i < digits.length() - 1 && digits.charAt(i) == '0') {
      i++;
    }
    return digits.substring(i);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isCore(char c) {
    return isDigit(c) || c == '.';
  }
}
