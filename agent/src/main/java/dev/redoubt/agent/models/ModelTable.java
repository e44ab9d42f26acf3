// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.ModelChoice.Sizes;
import dev.redoubt.agent.api.Price;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Node;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a table says about a model.
final class ModelTable {

  private static final List<String> KEYS =
      List.of(
          "context",
          "output",
          "price-input",
          "price-output",
          "price-cache-read",
          "price-cache-write",
          "provider",
          "name");
  private static final int LONGEST_NUMBER = 15;

  private ModelTable() {}

  /// @param whole provider and name with a slash between them
  static Catalogue.Listed read(String whole, Node table) throws DocumentException {
    for (Map.Entry<String, Node> entry : table.fields().entrySet()) {
      if (!KEYS.contains(entry.getKey())) {
        throw wrong(
            entry.getValue(),
            whole,
            entry.getKey(),
            "is no key; valid here: " + String.join(", ", KEYS.subList(0, 6)));
      }
    }
    int slash = whole.indexOf('/');
    Optional<Integer> context = tokens(table, whole, "context");
    Optional<Integer> output = tokens(table, whole, "output");
    Optional<Sizes> sizes =
        context.isEmpty() && output.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Sizes(
                    context.orElse(Sizes.UNKNOWN.context()),
                    output.orElse(Sizes.UNKNOWN.output())));
    return new Catalogue.Listed(
        whole.substring(0, slash), whole.substring(slash + 1), sizes, price(table, whole));
  }

  /// A price is known when both of its halves are. What of it concerns caches and is not said costs
  /// as much as what is sent.
  private static Optional<Price> price(Node table, String whole) throws DocumentException {
    Optional<BigDecimal> input = dollars(table, whole, "price-input");
    Optional<BigDecimal> output = dollars(table, whole, "price-output");
    Optional<BigDecimal> read = dollars(table, whole, "price-cache-read");
    Optional<BigDecimal> write = dollars(table, whole, "price-cache-write");
    return input.isEmpty() || output.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Price(
                input.get(), read.orElse(input.get()), write.orElse(input.get()), output.get()));
  }

  private static Optional<Integer> tokens(Node table, String whole, String key)
      throws DocumentException {
    Optional<Node> value = table.get(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> count =
        value.get() instanceof Node.Num ? Counts.at(table, key) : Optional.empty();
    if (count.isEmpty() || count.get() < 1 || count.get() > 1_000_000_000) {
      throw wrong(value.get(), whole, key, "is no number of tokens");
    }
    return count.map(Math::toIntExact);
  }

  private static Optional<BigDecimal> dollars(Node table, String whole, String key)
      throws DocumentException {
    Optional<Node> value = table.get(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String text = value.get().scalar().orElse("");
    boolean plain =
        text.length() <= LONGEST_NUMBER
            && !text.isEmpty()
            && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    try {
      if (plain) {
        return Optional.of(new BigDecimal(text));
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(
        value.get(), whole, key, "is no price in US dollars for a million tokens, as 2.50 is");
  }

  private static DocumentException wrong(Node at, String whole, String key, String what) {
    return new DocumentException(
        at.line(), "options.models.\"%s\".%s %s".formatted(whole, key, what), "correct the value");
  }
}
