// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.policy.ActionKind.Family;
import dev.redoubt.guard.policy.Rule.Condition;
import dev.redoubt.guard.policy.Rule.Source;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one `[[guard.rules]]`.
final class RuleReader {

  /// A rule with the examples it brings along.
  record Written(Rule rule, List<Expected> examples) {}

  /// An example and what it has to come out as.
  record Expected(Example example, Stance stance, Node at) {}

  private final PolicyText source;
  private final Node table;
  private final Origin origin;

  RuleReader(PolicyText source, Node table, Origin origin) {
    this.source = source;
    this.table = table;
    this.origin = origin;
  }

  Written read() {
    if (!(table instanceof Node.Obj)) {
      throw source.atTable(table, "a rule is a table: write [[guard.rules]] above it");
    }
    Stance stance = stance();
    Set<ActionKind> actions = actions();
    Family family = actions.iterator().next().family();
    checkKeys(table, family, PolicyKeys.rule(family), "guard.rules.");
    Matcher matcher = new MatcherReader(source, table, actions).read(family);
    Condition condition = new Condition(matcher, exceptions(family, actions), when());
    List<Expected> examples = examples();
    List<String> texts = new ArrayList<>();
    examples.forEach(expected -> texts.add(expected.example().text()));
    return new Written(
        new Rule(source(), stance, condition, reason(stance), expires(), texts), examples);
  }

  /* A key that another kind of action has gets its own message: it would mean nothing here. */
  private void checkKeys(Node checked, Family family, List<String> valid, String prefix) {
    for (var entry : checked.fields().entrySet()) {
      String key = entry.getKey();
      if (PolicyKeys.isMatcher(key) && !valid.contains(key)) {
        throw source.atKey(
            entry.getValue(),
            key,
            "\"%s\" says nothing about this action, which has %s"
                .formatted(key, String.join(", ", PolicyKeys.matchers(family))));
      }
    }
    source.checkKeys(checked, valid, prefix);
  }

  private Stance stance() {
    Node value = required("effect");
    String text = source.text(value, "effect");
    return Stance.of(text)
        .orElseThrow(() ->
            source.atValue(
                value, "effect", "\"effect\" is allow, ask or deny, not \"%s\"".formatted(text)));
  }

  private Set<ActionKind> actions() {
    Node value = required("action");
    Set<ActionKind> actions = EnumSet.noneOf(ActionKind.class);
    for (Node item : source.oneOrMore(value, "action")) {
      String text = source.text(item, "action");
      ActionKind action =
          ActionKind.of(text)
              .orElseThrow(() ->
                  source.atValue(
                      item,
                      "action",
                      "there is no action \"%s\"; valid here: %s"
                          .formatted(text, String.join(", ", ActionKind.keys()))));
      actions.add(action);
      if (actions.stream().anyMatch(other -> other.family() != action.family())) {
        throw source.atValue(
            item,
            "action",
            "the actions of one rule have to be of one kind: write one rule for \"%s\" and one for"
                    .formatted(text)
                + " the others");
      }
    }
    return actions;
  }

  private List<Matcher> exceptions(Family family, Set<ActionKind> actions) {
    List<Matcher> exceptions = new ArrayList<>();
    Optional<Node> value = table.get("unless");
    if (value.isPresent()) {
      for (Node item : source.oneOrMore(value.get(), "unless")) {
        if (!(item instanceof Node.Obj)) {
          throw source.atValue(
              item, "unless", "\"unless\" is not a table with the same matchers as the rule");
        }
        checkKeys(item, family, PolicyKeys.matchers(family), "unless.");
        exceptions.add(new MatcherReader(source, item, actions).read(family));
      }
    }
    return exceptions;
  }

  private @Nullable When when() {
    Optional<Node> value = table.get("when");
    if (value.isEmpty()) {
      return null;
    }
    String text = source.text(value.get(), "when");
    try {
      return CelCondition.of(text);
    } catch (IllegalArgumentException e) {
      throw source.atValue(value.get(), "when", String.valueOf(e.getMessage()));
    }
  }

  private String reason(Stance stance) {
    Optional<Node> value = table.get("reason");
    if (value.isPresent()) {
      return source.text(value.get(), "reason");
    }
    if (stance == Stance.ALLOW) {
      return "";
    }
    throw source.atTable(
        table, "a rule that says %s needs a \"reason\" for people to read".formatted(stance.key()));
  }

  private Source source() {
    String id = source.name() + ":" + table.line();
    Optional<Node> value = table.get("id");
    if (value.isPresent()) {
      id = source.text(value.get(), "id");
      if (!isId(id)) {
        throw source.atValue(
            value.get(), "id", "\"id\" has lower-case letters, digits, dots and hyphens only");
      }
    }
    return new Source(
        id.startsWith("policy.") ? id : "policy." + id, source.name(), table.line(), origin);
  }

  private static boolean isId(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private @Nullable LocalDate expires() {
    Optional<Node> value = table.get("expires");
    return value.isEmpty() ? null : day(source, value.get());
  }

  /// Returns the day that the value of `expires` names.
  static LocalDate day(PolicyText source, Node value) {
    String text = source.text(value, "expires");
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw source.atValue(
          value,
          "expires",
          "\"expires\" is no day in the manner of 2027-01-31: \"%s\"".formatted(text));
    }
  }

  private List<Expected> examples() {
    List<Expected> examples = new ArrayList<>();
    Optional<Node> tests = table.get("tests");
    if (tests.isEmpty()) {
      return examples;
    }
    if (!(tests.get() instanceof Node.Obj)) {
      throw source.atValue(
          tests.get(), "tests", "\"tests\" is not a table in the manner of { deny = [\"run:x\"] }");
    }
    source.checkKeys(tests.get(), PolicyKeys.TESTS, "tests.");
    for (var entry : tests.get().fields().entrySet()) {
      Stance stance = Stance.of(entry.getKey()).orElseThrow();
      for (Node item : source.oneOrMore(entry.getValue(), entry.getKey())) {
        examples.add(new Expected(example(item, entry.getKey()), stance, item));
      }
    }
    return examples;
  }

  private Example example(Node item, String key) {
    String text = source.text(item, key);
    try {
      return Example.of(text);
    } catch (IllegalArgumentException e) {
      throw source.atValue(item, key, String.valueOf(e.getMessage()));
    }
  }

  private Node required(String key) {
    return table
        .get(key)
        .orElseThrow(() -> source.atTable(table, "a rule needs \"%s\"".formatted(key)));
  }
}
