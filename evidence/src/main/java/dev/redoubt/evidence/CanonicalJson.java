// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import dev.redoubt.document.Node;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes a value as canonical JSON after RFC 8785: no blanks, keys sorted by UTF-16 code units,
/// the shortest escapes, numbers as ECMAScript writes them.
///
/// It differs in one point, so that two different values never become the same bytes: a number that
/// a double cannot hold exactly keeps its digits. A text that is no valid UTF-16 gets a replacement
/// character where it is not.
public final class CanonicalJson {

  private static final int DEEPEST = 500;

  private CanonicalJson() {}

  /// Returns `value` in UTF-8.
  ///
  /// @throws IllegalArgumentException if it is nested deeper than 500 levels
  public static byte[] of(Node value) {
    ByteText out = new ByteText(256);
    write(value, out, 0);
    return out.toBytes();
  }

  static void write(Node value, ByteText out, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("nested deeper than %d levels".formatted(DEEPEST));
    }
    switch (value) {
      case Node.Obj(Map<String, Node> fields, int _) -> object(fields, out, depth);
      case Node.Arr(List<Node> items, int _) -> list(items, out, depth);
      case Node.Text(String text, int _) -> out.quoted(text);
      case Node.Num(String literal, int _) -> number(literal, out);
      case Node.Bool(boolean bool, int _) -> out.ascii(bool ? "true" : "false");
      case Node.Nothing _ -> out.ascii("null");
    }
  }

  private static void object(Map<String, Node> fields, ByteText out, int depth) {
    String[] keys = fields.keySet().toArray(String[]::new);
    Arrays.sort(keys);
    out.add('{');
    for (int i = 0; i < keys.length; i++) {
      if (i > 0) {
        out.add(',');
      }
      out.quoted(keys[i]);
      out.add(':');
      Node field = fields.get(keys[i]);
      if (field == null) {
        throw new IllegalStateException("the map changed while it was written");
      }
      write(field, out, depth + 1);
    }
    out.add('}');
  }

  private static void list(List<Node> items, ByteText out, int depth) {
    out.add('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.add(',');
      }
      write(items.get(i), out, depth + 1);
    }
    out.add(']');
  }

  private static void number(String literal, ByteText out) {
    if (isSmallInteger(literal)) {
      out.ascii(literal);
    } else {
      decimal(literal, out);
    }
  }

  /* Every integer of up to 15 digits is one that a double holds. */
  private static boolean isSmallInteger(String literal) {
    int from = literal.startsWith("-") ? 1 : 0;
    int digits = literal.length() - from;
    if (digits < 1 || digits > 15 || (literal.charAt(from) == '0' && literal.length() > 1)) {
      return false;
    }
    for (int i = from; i < literal.length(); i++) {
      if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static void decimal(String literal, ByteText out) {
    BigDecimal exact;
    double number;
    try {
      exact = new BigDecimal(literal);
      number = Double.parseDouble(literal);
    } catch (NumberFormatException e) {
      // YAML and TOML have numbers JSON has not: "0x1f", ".inf".
      out.quoted(literal);
      return;
    }
    if (exact.signum() == 0) {
      out.ascii("0");
    } else if (Double.isFinite(number)
        && new BigDecimal(Double.toString(number)).compareTo(exact) == 0) {
      out.ascii(ecmaScript(number));
    } else {
      out.ascii(exact.stripTrailingZeros().toString());
    }
  }

  /* ECMA-262, Number::toString; Java finds the same shortest digits and lays them out otherwise. */
  private static String ecmaScript(double number) {
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    String sign = number < 0 ? "-" : "";
    if (point >= digits.length() && point <= 21) {
      return sign + digits + "0".repeat(point - digits.length());
    }
    if (point > 0 && point <= 21) {
      return sign + digits.substring(0, point) + "." + digits.substring(point);
    }
    if (point > -6 && point <= 0) {
      return sign + "0." + "0".repeat(-point) + digits;
    }
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return String.format(
        Locale.ROOT,
        "%s%s%se%s%d",
        sign,
        digits.charAt(0),
        fraction,
        point > 0 ? "+" : "-",
        Math.abs(point - 1));
  }
}
