// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors;

import dev.redoubt.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bends a text that some format allows into one that it may not.
///
/// It knows no format: a value is a quoted text, a word, or what stands between two brackets or two
/// tags, which is what JSON, YAML, TOML, XML and the line formats have in common.
final class Mutation {

  private static final Pattern VALUE =
      Pattern.compile(
          "\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|>[^<>\n]{1,200}<|[^\\s\"'<>{}\\[\\](),;]+");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "[]",
          "{}",
          "[null]",
          "{\"a\": null}",
          "0",
          "-1",
          "1e400",
          "0x",
          "'",
          "\"",
          "99999999999999999999999",
          "\"\"",
          "\" \"",
          "[[[[[[[[[[]]]]]]]]]]",
          "~",
          "*",
          "&a",
          "<",
          ">");
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "@",
          "@/",
          "@a",
          "a@",
          "@a/",
          "/",
          "//",
          ".",
          "..",
          "../../x",
          "/etc/passwd",
          "-",
          ":",
          "::",
          "a:",
          ":a",
          "a:b:c:d:e",
          "#",
          "?",
          "&",
          "=",
          "==",
          "==1",
          ">=",
          "^",
          "~>",
          "*",
          "|",
          "%",
          "%zz",
          "%00",
          "\\u0000",
          "\u0000",
          "\u202e",
          "ü",
          "\ud83d\ude00",
          "__proto__",
          "constructor",
          "a b",
          "a  b",
          "(",
          ")",
          "()",
          "[",
          "]",
          "[a",
          "{",
          "${",
          "${a",
          "${a}",
          "$(",
          "npm:",
          "npm:@",
          "npm:@a",
          "file:",
          "link:",
          "workspace:",
          "patch:",
          "portal:",
          "git+",
          "git+https://",
          "git@:",
          "http://[",
          "https://x.example:99999/",
          "https://%zz/",
          "https://user:pw@/",
          "jsr:",
          "jsr:@",
          "pkg:",
          "pkg:npm/",
          "pkg:npm/%40",
          "sha512-",
          "sha512-%%",
          "sha256:",
          "v",
          "v0",
          "1.",
          ".1",
          "1..2",
          "1.2.3.4.5",
          "1-",
          "1+",
          "v1.0.0-0.20200101000000-",
          "999999999999",
          "-1",
          "1e9",
          "0x1F",
          "\u0661",
          "; ;",
          "; python_version",
          "-r",
          "-r ",
          "-e",
          "-e .",
          "-c x",
          "--hash=",
          "--hash=sha256:",
          "true",
          "null",
          "a/b/c/d",
          "a@1@2",
          "@a/b@",
          "a(b)(c",
          "a_b@1(",
          "C:\\x",
          "\\\\x\\y",
          "~",
          "~/x",
          "CON",
          "\ufeff",
          "\r",
          "\t");

  private final RandomGenerator random;

  Mutation(RandomGenerator random) {
    this.random = random;
  }

  String of(String text) {
    String result = text;
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      result = once(result);
    }
    return result;
  }

  private String once(String text) {
    return switch (random.nextInt(8)) {
      case 0 -> lines(text);
      case 1 -> cut(text);
      case 2 -> bracket(text);
      case 3 -> value(text, Seeded.pick(random, VALUES), false);
      case 4 -> value(text, "[".repeat(200), false);
      default -> value(text, Seeded.pick(random, TEXTS), true);
    };
  }

  /* Inside keeps the quotes or tags, so that the document is still well formed. */
  private String value(String text, String with, boolean inside) {
    List<int[]> spans = new ArrayList<>();
    Matcher matcher = VALUE.matcher(text);
    while (matcher.find()) {
      spans.add(new int[] {matcher.start(), matcher.end()});
    }
    if (spans.isEmpty()) {
      return text + with;
    }
    int[] span = Seeded.pick(random, spans);
    char first = text.charAt(span[0]);
    boolean enclosed = first == '"' || first == '\'' || first == '>';
    int margin = enclosed && (inside || first == '>') ? 1 : 0;
    int start = span[0] + margin;
    int end = span[1] - margin;
    if (start < end && random.nextInt(4) == 0) {
      start += random.nextInt(end - start);
      end = start + random.nextInt(end - start + 1);
    }
    return text.substring(0, start) + with + text.substring(end);
  }

  private String bracket(String text) {
    List<Integer> opening = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '{' || text.charAt(i) == '[' || text.charAt(i) == '<') {
        opening.add(i);
      }
    }
    if (opening.isEmpty()) {
      return lines(text);
    }
    int start = Seeded.pick(random, opening);
    char open = text.charAt(start);
    char close = open == '{' ? '}' : open == '[' ? ']' : '>';
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      depth += text.charAt(i) == open ? 1 : text.charAt(i) == close ? -1 : 0;
      if (depth == 0) {
        return text.substring(0, start) + Seeded.pick(random, VALUES) + text.substring(i + 1);
      }
    }
    return text.substring(0, start);
  }

  private String lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int a = random.nextInt(lines.size());
    int b = random.nextInt(lines.size());
    switch (random.nextInt(5)) {
      case 0 -> lines.remove(a);
      case 1 -> lines.add(b, lines.get(a));
      case 2 -> lines.set(a, lines.set(b, lines.get(a)));
      case 3 -> lines.set(a, "  " + lines.get(a));
      default -> lines.set(a, lines.get(a).stripLeading());
    }
    return String.join("\n", lines);
  }

  private String cut(String text) {
    return text.substring(0, random.nextInt(text.length() + 1));
  }
}
