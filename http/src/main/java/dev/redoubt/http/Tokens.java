// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The bearer tokens that let a client in, by the name of the client. Only their digests are kept.
/// Safe to share.
public final class Tokens {

  /// Nobody has a token, and none is asked for.
  public static final Tokens NONE = new Tokens(Map.of());

  private static final int SHORTEST = 16;

  private final Supplier<List<Known>> known;
  private final BooleanSupplier wereAny;
  private volatile boolean isRequired;

  /// @param byName the token of each client
  /// @throws IllegalArgumentException if one has less than 16 characters, or one that no header has
  public Tokens(Map<String, String> byName) {
    List<Known> all = new ArrayList<>();
    byName.forEach((name, token) -> {
      if (token.length() < SHORTEST) {
        throw new IllegalArgumentException(
            "the token of \"%s\" has fewer than %d characters".formatted(name, SHORTEST));
      }
      if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IllegalArgumentException(
            "the token of \"%s\" has a character that no header can carry".formatted(name));
      }
      all.add(new Known(name, digest(token)));
    });
    this.known = () -> all;
    this.wereAny = () -> false;
    this.isRequired = !all.isEmpty();
  }

  private Tokens(Supplier<List<Known>> known, BooleanSupplier wereAny) {
    this.known = known;
    this.wereAny = wereAny;
    this.isRequired = !isEmpty();
  }

  /// Returns the tokens that `digests` gives at each request, so that one that is taken back lets
  /// nobody in any more. Once there is one, or was one, a token is asked for from then on, whatever
  /// becomes of it.
  ///
  /// @param digests the SHA-256 of each token in hexadecimal digits, by the name of its client
  /// @param wereAny whether there ever were tokens, also when none is left
  public static Tokens living(Supplier<Map<String, String>> digests, BooleanSupplier wereAny) {
    return new Tokens(
        () -> {
          List<Known> all = new ArrayList<>();
          digests
              .get()
              .forEach((name, hex) -> all.add(new Known(name, HexFormat.of().parseHex(hex))));
          return all;
        },
        wereAny);
  }

  /// Returns whether nobody is asked for one.
  public boolean isEmpty() {
    if (!isRequired && (wereAny.getAsBoolean() || !known.get().isEmpty())) {
      isRequired = true;
    }
    return !isRequired;
  }

  /// Returns who brings `header`, the value of `Authorization`; empty when nobody known does.
  /// Whether and where a token differs from a known one does not change how long that takes.
  public Optional<String> owner(String header) {
    String scheme = "bearer ";
    if (!header.regionMatches(true, 0, scheme, 0, scheme.length())) {
      return Optional.empty();
    }
    byte[] given = digest(header.substring(scheme.length()).strip());
    Optional<String> owner = Optional.empty();
    for (Known each : known.get()) {
      if (MessageDigest.isEqual(given, each.digest)) {
        owner = Optional.of(each.name);
      }
    }
    return owner;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /* No record: it holds an array, and would print it. */
  private static final class Known {
    private final String name;
    private final byte[] digest;

    Known(String name, byte[] digest) {
      this.name = name;
      this.digest = digest;
    }
  }
}
