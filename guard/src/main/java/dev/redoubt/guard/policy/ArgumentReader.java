// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.network.NetworkMatcher;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what one entry of `args` says.
final class ArgumentReader {

  static final String EXAMPLE = "{ at = \"/path\", glob = \"docs/*\" }";

  private final PolicyText source;
  private final Node table;

  ArgumentReader(PolicyText source, Node table) {
    this.source = source;
    this.table = table;
  }

  ArgumentMatcher read() {
    List<ValueTest> tests = new ArrayList<>();
    table.get("equals").ifPresent(value -> tests.add(same(value)));
    all("glob", Patterns::name).forEach(glob -> tests.add(new ValueTest.Like(glob)));
    all("regex", Patterns::regex).forEach(regex -> tests.add(new ValueTest.Matching(regex)));
    if (table.get("path").isPresent()) {
      tests.add(new ValueTest.PathBelow(all("path", Patterns::path)));
    }
    if (table.get("host").isPresent()) {
      List<NetworkMatcher> targets = new ArrayList<>();
      all("host", Patterns::host).forEach(host -> targets.add(NetworkMatcher.of(host)));
      tests.add(new ValueTest.HostIn(targets));
    }
    if (table.get("min").isPresent() || table.get("max").isPresent()) {
      tests.add(range());
    }
    List<String> at = all("at", Function.identity());
    if (at.size() != 1 || !at.getFirst().startsWith("/") || tests.size() != 1) {
      throw source.atTable(
          table,
          "an argument has an \"at\" that starts with a slash, and one of equals, glob, regex,"
              + " path, host and min or max: "
              + EXAMPLE);
    }
    List<String> place = place(at.getFirst());
    // Each more of them would multiply what one look at arguments costs.
    if (place.stream().filter("**"::equals).count() > 1) {
      throw source.atValue(
          table.get("at").orElse(table), "at", "\"at\" has more than one \"**\": leave one");
    }
    return new ArgumentMatcher(place, tests.getFirst());
  }

  private static List<String> place(String at) {
    return List.of(at.substring(1).split("/", -1)).stream()
        .map(key -> key.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private <T> List<T> all(String key, Function<String, T> reader) {
    return MatcherReader.all(source, table, key, reader);
  }

  private ValueTest same(Node value) {
    if (!(value instanceof Node.Arr)) {
      return new ValueTest.Like(literal(value));
    }
    List<TextPattern> literals = new ArrayList<>();
    for (Node item : source.oneOrMore(value, "equals")) {
      literals.add(literal(item));
    }
    return new ValueTest.OneOf(literals);
  }

  private TextPattern literal(Node value) {
    return TextPattern.literal(
        value
            .scalar()
            .orElseThrow(() ->
                source.atValue(
                    value, "equals", "\"equals\" is not a text, number or boolean, or a list")));
  }

  private ValueTest range() {
    BigDecimal min = bound("min");
    BigDecimal max = bound("max");
    if (min != null && max != null && min.compareTo(max) > 0) {
      throw source.atValue(
          table.get("max").orElse(table), "max", "\"max\" is smaller than \"min\"");
    }
    return new ValueTest.Within(min, max);
  }

  private @Nullable BigDecimal bound(String key) {
    Optional<Node> value = table.get(key);
    if (value.isEmpty()) {
      return null;
    }
    Optional<BigDecimal> number =
        value.get() instanceof Node.Num(String literal, int _)
            ? ValueTest.Within.number(literal.replace("_", ""))
            : Optional.empty();
    return number.orElseThrow(
        () -> source.atValue(value.get(), key, "\"%s\" is not a number".formatted(key)));
  }
}
