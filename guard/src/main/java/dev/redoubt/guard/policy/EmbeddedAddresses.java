// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The addresses that stand among other words of a text.
final class EmbeddedAddresses {

  private static final String MARK = "://";
  private static final String ENDS = " \t\r\n/\\?#\"'`<>(){}|^,;*";

  private EmbeddedAddresses() {}

  /// Returns whether `text` is an address and nothing else.
  static boolean isAddress(String text) {
    int start = schemeStart(text, colon(text));
    return start == 0 && !hasBlank(text.strip());
  }

  /* A client of the web takes http:/host and http:\\host for http://host. */
  private static int colon(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || text.startsWith(MARK, colon)) {
      return colon;
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    boolean slash = colon + 1 < text.length() && "/\\".indexOf(text.charAt(colon + 1)) >= 0;
    return web && slash ? colon : -1;
  }

  static boolean hasBlank(String text) {
    return text.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  /// Returns the machines that addresses in `text` name, each as `http://HOST/`, whatever their
  /// scheme, and what stands before an `@` as well: readers differ about it. Not those of schemes
  /// that no program connects with, when they name nothing but a word.
  static List<String> of(String text) {
    Set<String> found = new LinkedHashSet<>();
    for (int mark = text.indexOf(MARK); mark >= 0; mark = text.indexOf(MARK, mark + 1)) {
      int start = schemeStart(text, mark);
      if (start < 0) {
        continue;
      }
      int from = mark + MARK.length();
      while (from < text.length() && "/\\".indexOf(text.charAt(from)) >= 0) {
        from++;
      }
      int end = from;
      while (end < text.length() && ENDS.indexOf(text.charAt(end)) < 0) {
        end++;
      }
      String authority = text.substring(from, end);
      String scheme = text.substring(start, mark).toLowerCase(Locale.ROOT);
      if (ResourceUri.connects(scheme) || !ResourceUri.isWord(authority)) {
        for (String part : authority.split("@", -1)) {
          add(part, found);
        }
      }
    }
    return new ArrayList<>(found);
  }

  /* A sentence ends after its last word, and brackets close. */
  private static void add(String authority, Set<String> found) {
    int end = authority.length();
    while (end > 0 && ".:!".indexOf(authority.charAt(end - 1)) >= 0) {
      end--;
    }
    while (end > 0 && authority.charAt(end - 1) == ']' && authority.indexOf('[') < 0) {
      end--;
    }
    if (end > 0) {
      found.add("http://" + authority.substring(0, end) + "/");
    }
  }

  /* Where the scheme before the colon at `mark` starts; -1 when there is none. */
  private static int schemeStart(String text, int mark) {
    int start = mark;
    while (start > 0 && isScheme(text.charAt(start - 1))) {
      start--;
    }
    while (start < mark && !isLetter(text.charAt(start))) {
      start++;
    }
    return start < mark ? start : -1;
  }

  private static boolean isScheme(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
