// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.network.Reading;
import java.util.Locale;

/// One line of a request's header. Nothing in it can end the line or begin another.
///
/// @param name a token as HTTP defines it; not one that says where the message ends or whom it is
///   for
/// @param value visible ASCII, spaces and tabs between, at most 8,192 characters
/// @param kind whether it stays with the server it was meant for
public record WebHeader(String name, String value, Kind kind) {

  private static final int MAX_VALUE = 8192;

  /// Whether a header may go to another server when the one asked sends there.
  public enum Kind {
    PLAIN,
    /// Never leaves the origin it was given for. `Authorization`, `Cookie` and names that speak of
    /// keys and tokens are secret whatever was said.
    SECRET
  }

  public WebHeader {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    requireNonNull(kind, "kind");
    String wrong = objection(name, value);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(wrong);
    }
    kind = isSecret(name.toLowerCase(Locale.ROOT)) ? Kind.SECRET : kind;
  }

  /// Returns the header, or why there can be none; the reason never quotes the value.
  public static Reading<WebHeader> read(String name, String value, Kind kind) {
    String wrong = objection(name, value);
    return wrong.isEmpty()
        ? new Reading.Good<>(new WebHeader(name, value, kind))
        : new Reading.Bad<>("net.header", wrong);
  }

  /// Returns a header that may go anywhere, unless its name says otherwise.
  public static WebHeader plain(String name, String value) {
    return new WebHeader(name, value, Kind.PLAIN);
  }

  /// Returns a header that stays with the origin it was given for.
  public static WebHeader secret(String name, String value) {
    return new WebHeader(name, value, Kind.SECRET);
  }

  @Override
  public String toString() {
    return name + ": " + (kind == Kind.SECRET ? "***" : value);
  }

  private static String objection(String name, String value) {
    if (!isToken(name)) {
      return "a header's name has characters that cannot stand in one";
    }
    if (isReserved(name.toLowerCase(Locale.ROOT))) {
      return "the header %s is set by the client itself".formatted(name);
    }
    if (value.length() > MAX_VALUE) {
      return "the header %s is longer than %d characters".formatted(name, MAX_VALUE);
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c > '~')) {
        return "the header %s has a control character or one that is not ASCII".formatted(name);
      }
    }
    return "";
  }

  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c > '~' || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= 128;
  }

  private static boolean isReserved(String name) {
    return switch (name) {
      case "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "upgrade",
          "expect" ->
          true;
      default -> false;
    };
  }

  private static boolean isSecret(String name) {
    return switch (name) {
      case "authorization", "proxy-authorization", "cookie", "cookie2" -> true;
      default ->
          name.contains("api-key")
              || name.contains("apikey")
              || name.contains("token")
              || name.contains("secret")
              || name.contains("password");
    };
  }
}
