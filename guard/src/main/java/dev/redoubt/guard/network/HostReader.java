// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static dev.redoubt.guard.network.Refusal.quoted;

import java.util.Locale;

/// Reads a host so that no other reader can take it for another machine.
final class HostReader {

  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;

  private HostReader() {}

  static Host read(String text) throws Refusal {
    if (text.isEmpty()) {
      throw Refusal.malformed("there is no host");
    }
    if (text.charAt(0) == '[' || text.indexOf(':') >= 0) {
      return bracketed(text);
    }
    requirePlain(text);
    if (endsInNumber(text)) {
      return new Host.Address(
          IpAddress.parse(text)
              .orElseThrow(() ->
                  new Refusal(
                      Refusal.IP_FORM,
                      quoted(text)
                          + " is no name, and an address only for some readers: write it as four"
                          + " decimal numbers without leading zeros")));
    }
    return new Host.Name(labels(text));
  }

  /// Returns the name in lower case.
  static String name(String text) throws Refusal {
    requirePlain(text);
    return labels(text);
  }

  private static String labels(String text) throws Refusal {
    if (text.length() > MAX_NAME) {
      throw Refusal.malformed("the host name is longer than %d characters".formatted(MAX_NAME));
    }
    int start = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
      label(text, start, dot);
      start = dot + 1;
    }
    if (start == text.length()) {
      throw Refusal.malformed(
          "the host " + quoted(text) + " ends in a dot: write it without, nothing else is meant");
    }
    label(text, start, text.length());
    if (!isLetter(text.charAt(start))) {
      throw Refusal.malformed(
          "the last label of the host " + quoted(text) + " does not start with a letter");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static void label(String text, int start, int end) throws Refusal {
    if (start == end) {
      throw Refusal.malformed("the host " + quoted(text) + " has an empty label");
    }
    if (end - start > MAX_LABEL) {
      throw Refusal.malformed(
          "the host %s has a label of more than %d characters".formatted(quoted(text), MAX_LABEL));
    }
    if (text.charAt(start) == '-' || text.charAt(end - 1) == '-') {
      throw Refusal.malformed(
          "a label of the host " + quoted(text) + " starts or ends in a hyphen");
    }
  }

  private static void requirePlain(String text) throws Refusal {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        throw Refusal.malformed("the host " + quoted(text) + " is percent-encoded");
      }
      if (c > 0x7E) {
        throw Refusal.malformed(
            "the host " + quoted(text) + " is not ASCII: write it in punycode (xn--…)");
      }
      if (!isLetter(c) && !isDigit(c) && c != '-' && c != '.' && c != '_') {
        throw Refusal.malformed(
            "%s is no character of a host, in %s"
                .formatted(quoted(String.valueOf(c)), quoted(text)));
      }
    }
  }

  /// Says whether some reader could take `text` for an IPv4 address: its last label is a number,
  /// decimal, octal or hexadecimal; a final dot does not change that.
  private static boolean endsInNumber(String text) {
    int end = text.endsWith(".") ? text.length() - 1 : text.length();
    int start = text.lastIndexOf('.', end - 1) + 1;
    if (start >= end) {
      return false;
    }
    boolean hex =
        end - start >= 2 && text.charAt(start) == '0' && (text.charAt(start + 1) | 0x20) == 'x';
    for (int i = hex ? start + 2 : start; i < end; i++) {
      char c = text.charAt(i);
      boolean digit = isDigit(c) || (hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f');
      if (!digit) {
        return false;
      }
    }
    return true;
  }

  private static Host bracketed(String text) throws Refusal {
    boolean closed = text.charAt(0) == '[' && text.charAt(text.length() - 1) == ']';
    String inner = closed ? text.substring(1, text.length() - 1) : text;
    if (!closed && text.indexOf('[') + text.indexOf(']') != -2) {
      throw Refusal.malformed("the brackets of the host " + quoted(text) + " do not match");
    }
    if (inner.indexOf('%') >= 0) {
      throw new Refusal("net.zone", "the address " + quoted(text) + " has a zone");
    }
    IpAddress address = inner.indexOf(':') < 0 ? null : IpAddress.parse(inner).orElse(null);
    if (address == null) {
      throw Refusal.malformed(quoted(text) + " is no IPv6 address");
    }
    String given = inner.toLowerCase(Locale.ROOT);
    if (!given.equals(address.toString())
        && !given.equals(Ipv6Text.formatGroups(address.bytes()))) {
      throw new Refusal(
          Refusal.IP_FORM,
          "the address %s is not in its canonical form [%s]".formatted(quoted(text), address));
    }
    return new Host.Address(address);
  }

  static boolean isLetter(int c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
