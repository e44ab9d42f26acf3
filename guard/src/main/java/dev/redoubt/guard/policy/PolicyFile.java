// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.guard.policy.Layers.Widening;
import dev.redoubt.guard.policy.Policy.FailMode;
import dev.redoubt.guard.policy.RuleReader.Expected;
import dev.redoubt.guard.policy.RuleReader.Written;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the table `guard` of a policy file: `redoubt.toml`, or a file that has nothing else.
///
/// Everything in that table is understood or an error: keys, types, patterns, dates, rules that can
/// never count, and examples that do not hold.
public final class PolicyFile {

  /// The largest policy file in bytes.
  public static final int LARGEST = 1 << 20;

  /// The tables a configuration file may have; what is in the others is not looked at here.
  public static final List<String> TABLES =
      List.of(
          "scan",
          "advisories",
          "guard",
          "options",
          "hooks",
          "modes",
          "mcp",
          "lsp",
          "search",
          "relay",
          "gateway");

  private static final Limits LIMITS = new Limits(LARGEST, 20, 50_000);

  private final PolicyText source;
  private final Origin origin;
  private final LocalDate today;

  private PolicyFile(PolicyText source, Origin origin, LocalDate today) {
    this.source = source;
    this.origin = origin;
    this.today = today;
  }

  /// Returns what the file says.
  ///
  /// @param bytes the whole file
  /// @param name the file as the person named it
  /// @param today the day on which rules are in force or not
  /// @throws dev.redoubt.model.RedoubtException USAGE with file, line and column if anything in the
  ///   table is not understood, a rule can never count, or an example of a rule fails
  public static Policy read(byte[] bytes, String name, Origin origin, LocalDate today) {
    PolicyText source = new PolicyText(name, bytes);
    try {
      Node root = Toml.read(bytes, LIMITS);
      return new PolicyFile(source, origin, today).policy(root);
    } catch (DocumentException e) {
      throw source.malformed(e);
    }
  }

  private Policy policy(Node root) {
    source.checkKeys(root, TABLES, "");
    Optional<Node> guard = root.get("guard");
    if (guard.isEmpty()) {
      return Policy.EMPTY;
    }
    if (!(guard.get() instanceof Node.Obj)) {
      throw source.atKey(guard.get(), "guard", "\"guard\" is not a table");
    }
    source.checkKeys(guard.get(), PolicyKeys.GUARD, "guard.");
    Node managed = managed(guard.get());
    return new Policy(
        new RuleSet(rules(guard.get()), warnings),
        widening(guard.get()),
        managed.get("expires").map(day -> RuleReader.day(source, day)),
        managed.get("fail-mode").map(this::failMode).orElse(FailMode.DENY));
  }

  private Node managed(Node guard) {
    Optional<Node> managed = guard.get("managed");
    if (managed.isEmpty()) {
      return new Node.Nothing(guard.line());
    }
    if (!(managed.get() instanceof Node.Obj)) {
      throw source.atKey(managed.get(), "managed", "\"guard.managed\" is not a table");
    }
    if (origin != Origin.MANAGED) {
      throw source.atKey(
          managed.get(), "managed", "\"guard.managed\" counts in a managed policy only: remove it");
    }
    source.checkKeys(managed.get(), PolicyKeys.MANAGED, "guard.managed.");
    return managed.get();
  }

  private FailMode failMode(Node value) {
    return switch (source.text(value, "fail-mode")) {
      case "deny" -> FailMode.DENY;
      case "last-known" -> FailMode.LAST_KNOWN;
      default ->
          throw source.atValue(value, "fail-mode", "\"fail-mode\" is \"deny\" or \"last-known\"");
    };
  }

  private Widening widening(Node guard) {
    Optional<Node> value = guard.get("workspace-may-widen");
    if (value.isEmpty()) {
      return Widening.REFUSED;
    }
    if (!(value.get() instanceof Node.Bool(boolean may, int _))) {
      throw source.atValue(
          value.get(), "workspace-may-widen", "\"workspace-may-widen\" is not true or false");
    }
    if (may && origin != Origin.USER) {
      throw source.atKey(
          value.get(),
          "workspace-may-widen",
          "\"workspace-may-widen\" counts in your own configuration only: remove it");
    }
    return may ? Widening.GRANTED : Widening.REFUSED;
  }

  private final List<String> warnings = new ArrayList<>();

  private List<Rule> rules(Node guard) {
    Optional<Node> value = guard.get("rules");
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Node.Arr)) {
      throw source.atKey(
          value.get(), "rules", "\"guard.rules\" is not a list of tables: write [[guard.rules]]");
    }
    List<Rule> rules = new ArrayList<>();
    List<Written> written = new ArrayList<>();
    Map<String, Rule> ids = new HashMap<>();
    for (Node table : value.get().items()) {
      Written next = new RuleReader(source, table, origin).read();
      Rule rule = next.rule();
      Rule twin = ids.putIfAbsent(rule.source().id(), rule);
      if (twin != null) {
        throw source.atTable(
            table, "the id \"%s\" is taken by %s".formatted(rule.source().id(), twin.source()));
      }
      if (rule.isInForce(today)) {
        checkReachable(table, rule, rules);
        rules.add(rule);
        written.add(next);
      } else {
        warnings.add(
            "%s: the rule expired on %s and no longer counts"
                .formatted(rule.source(), rule.expires()));
      }
    }
    checkExamples(written, new RuleSet(rules, List.of()));
    return rules;
  }

  private void checkReachable(Node table, Rule rule, List<Rule> earlier) {
    for (Rule other : earlier) {
      if (other.shadows(rule)) {
        throw source.atTable(
            table,
            "this rule never counts: %s already says %s to everything it matches"
                .formatted(other.source(), other.stance().key()));
      }
      if (rule.stance() != other.stance() && rule.shadows(other)) {
        throw source.atTable(
            table,
            "this rule says %s to everything that %s matches, which therefore never counts"
                .formatted(rule.stance().key(), other.source()));
      }
    }
  }

  private void checkExamples(List<Written> written, RuleSet rules) {
    for (Written candidate : written) {
      for (Expected expected : candidate.examples()) {
        check(candidate.rule(), expected, rules);
      }
    }
  }

  private void check(Rule rule, Expected expected, RuleSet rules) {
    Example example = expected.example();
    boolean own = expected.stance() == rule.stance();
    boolean matched = rule.matches(example.effect(), Example.SCENE);
    if (matched != own) {
      throw failed(
          expected,
          own
              ? "the rule does not match it"
              : "the rule matches it and says " + rule.stance().key());
    }
    Optional<RuleSet.Match> verdict = rules.verdict(example.effect(), Example.SCENE);
    if (verdict.isPresent() && verdict.get().rule().stance() != expected.stance()) {
      throw failed(
          expected,
          "%s says %s"
              .formatted(verdict.get().rule().source(), verdict.get().rule().stance().key()));
    }
  }

  private RuntimeException failed(Expected expected, String why) {
    return source.atValue(
        expected.at(),
        expected.stance().key(),
        "the example \"%s\" does not come out as %s: %s"
            .formatted(expected.example().text(), expected.stance().key(), why));
  }
}
