// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.schemas;

import com.google.re2j.Pattern;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Compares one value with one schema and collects what is wrong. For one thread.
final class SchemaCheck {

  private static final int DEEPEST = 200;
  private static final int MOST_LOOKS = 200_000;

  private final References references;
  private final AtomicInteger looks;
  private final List<String> problems = new ArrayList<>();

  /// Finds what a reference means.
  interface References {
    Node find(String reference);
  }

  SchemaCheck(References references) {
    this(references, new AtomicInteger());
  }

  private SchemaCheck(References references, AtomicInteger looks) {
    this.references = references;
    this.looks = looks;
  }

  List<String> problems() {
    return problems;
  }

  void look(Node schema, Node value, String at, int depth) {
    if (depth > DEEPEST || looks.incrementAndGet() > MOST_LOOKS) {
      problems.add(at + " takes too long to be checked");
      return;
    }
    if (schema instanceof Node.Bool(boolean any, int _)) {
      if (!any) {
        problems.add(at + " must not be there");
      }
      return;
    }
    schema
        .text("$ref")
        .ifPresent(reference -> look(references.find(reference), value, at, depth + 1));
    type(schema, value, at);
    schema
        .get("enum")
        .ifPresent(values -> {
          if (values.items().stream().noneMatch(one -> same(one, value))) {
            problems.add(at + " is none of " + text(values));
          }
        });
    schema
        .get("const")
        .filter(one -> !same(one, value))
        .ifPresent(one -> problems.add(at + " is not " + text(one)));
    combined(schema, value, at, depth);
    switch (value) {
      case Node.Obj(Map<String, Node> fields, int _) -> object(schema, fields, at, depth);
      case Node.Arr(List<Node> items, int _) -> list(schema, items, at, depth);
      case Node.Text(String text, int _) -> words(schema, text, at);
      case Node.Num(String literal, int _) -> number(schema, new BigDecimal(literal), at);
      case Node.Bool _, Node.Nothing _ -> {}
    }
  }

  private void type(Node schema, Node value, String at) {
    Optional<Node> type = schema.get("type");
    if (type.isEmpty()) {
      return;
    }
    List<Node> types =
        type.get() instanceof Node.Arr(var items, int _) ? items : List.of(type.get());
    if (types.stream().noneMatch(one -> isOf(one.scalar().orElse(""), value))) {
      problems.add(at + " is not of type " + text(type.get()));
    }
  }

  private static boolean isOf(String type, Node value) {
    return switch (value) {
      case Node.Obj _ -> type.equals("object");
      case Node.Arr _ -> type.equals("array");
      case Node.Text _ -> type.equals("string");
      case Node.Bool _ -> type.equals("boolean");
      case Node.Nothing _ -> type.equals("null");
      case Node.Num(String literal, int _) ->
          type.equals("number") || (type.equals("integer") && isWhole(new BigDecimal(literal)));
    };
  }

  private static boolean isWhole(BigDecimal number) {
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  private void combined(Node schema, Node value, String at, int depth) {
    schema.items("allOf").forEach(part -> look(part, value, at, depth + 1));
    Optional<Node> any = schema.get("anyOf");
    if (any.isPresent() && fitting(any.get(), value, depth) == 0) {
      problems.add(at + " fits none of anyOf");
    }
    Optional<Node> one = schema.get("oneOf");
    if (one.isPresent() && fitting(one.get(), value, depth) != 1) {
      problems.add(at + " does not fit exactly one of oneOf");
    }
    Optional<Node> not = schema.get("not");
    if (not.isPresent() && fits(not.get(), value, depth)) {
      problems.add(at + " fits what it must not");
    }
  }

  private long fitting(Node schemas, Node value, int depth) {
    return schemas.items().stream().filter(part -> fits(part, value, depth)).count();
  }

  private boolean fits(Node schema, Node value, int depth) {
    SchemaCheck check = new SchemaCheck(references, looks);
    check.look(schema, value, "", depth + 1);
    return check.problems.isEmpty();
  }

  private void object(Node schema, Map<String, Node> fields, String at, int depth) {
    for (Node name : schema.items("required")) {
      if (!fields.containsKey(name.scalar().orElse(""))) {
        problems.add("%s has no \"%s\"".formatted(at, name.scalar().orElse("")));
      }
    }
    Map<String, Node> known = schema.fields("properties");
    Optional<Node> others = schema.get("additionalProperties");
    fields.forEach((name, field) -> {
      Node part = known.get(name);
      if (part != null) {
        look(part, field, at + "." + name, depth + 1);
      } else {
        others.ifPresent(other -> look(other, field, at + "." + name, depth + 1));
      }
    });
    count(schema, "Properties", fields.size(), at);
  }

  private void list(Node schema, List<Node> items, String at, int depth) {
    Optional<Node> each = schema.get("items");
    for (int i = 0; i < items.size() && each.isPresent(); i++) {
      look(each.get(), items.get(i), at + "[" + i + "]", depth + 1);
    }
    count(schema, "Items", items.size(), at);
    if (schema.isTrue("uniqueItems")) {
      Set<String> seen = new HashSet<>();
      items.forEach(item -> seen.add(text(item)));
      if (seen.size() < items.size()) {
        problems.add(at + " has an item twice");
      }
    }
  }

  private void words(Node schema, String text, String at) {
    count(schema, "Length", text.codePointCount(0, text.length()), at);
    Optional<String> pattern = schema.text("pattern");
    if (pattern.isPresent() && !Pattern.compile(pattern.get()).matcher(text).find()) {
      problems.add("%s does not match %s".formatted(at, pattern.get()));
    }
  }

  private void count(Node schema, String of, int count, String at) {
    number(schema, "min" + of)
        .filter(least -> least.compareTo(BigDecimal.valueOf(count)) > 0)
        .ifPresent(least -> problems.add("%s has less than min%s %s".formatted(at, of, least)));
    number(schema, "max" + of)
        .filter(most -> most.compareTo(BigDecimal.valueOf(count)) < 0)
        .ifPresent(most -> problems.add("%s has more than max%s %s".formatted(at, of, most)));
  }

  private void number(Node schema, BigDecimal number, String at) {
    limit(schema, "minimum", at, least -> number.compareTo(least) >= 0);
    limit(schema, "maximum", at, most -> number.compareTo(most) <= 0);
    limit(schema, "exclusiveMinimum", at, least -> number.compareTo(least) > 0);
    limit(schema, "exclusiveMaximum", at, most -> number.compareTo(most) < 0);
    limit(schema, "multipleOf", at, of -> of.signum() == 0 || number.remainder(of).signum() == 0);
  }

  private void limit(Node schema, String name, String at, Predicate<BigDecimal> holds) {
    number(schema, name)
        .filter(holds.negate())
        .ifPresent(limit -> problems.add("%s breaks %s %s".formatted(at, name, limit)));
  }

  private static Optional<BigDecimal> number(Node schema, String name) {
    return schema
        .get(name)
        .filter(Node.Num.class::isInstance)
        .flatMap(Node::scalar)
        .map(BigDecimal::new);
  }

  private static boolean same(Node one, Node other) {
    return text(one).equals(text(other));
  }

  private static String text(Node node) {
    return new String(CanonicalJson.of(node), StandardCharsets.UTF_8);
  }
}
