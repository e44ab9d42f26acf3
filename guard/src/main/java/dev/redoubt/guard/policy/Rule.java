// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One rule: what it says, about which effects, why and until when. Immutable.
///
/// @param source where it is written
/// @param stance what it says
/// @param condition which effects it is about
/// @param reason why, for people; empty for an allow that gives none
/// @param expires the last day on which it holds, or null for ever
/// @param examples the effects its file gives as examples, whatever they come out as
public record Rule(
    Source source,
    Stance stance,
    Condition condition,
    String reason,
    @Nullable LocalDate expires,
    List<String> examples) {

  /// Where a rule is written.
  ///
  /// @param id the stable id, in the manner of `policy.redoubt.toml:12` unless the rule names one
  /// @param file as the person named it
  /// @param line from 1
  /// @param origin whose file it is
  public record Source(String id, String file, int line, Origin origin) {
    public Source {
      requireNonNull(id, "id");
      requireNonNull(file, "file");
      requireNonNull(origin, "origin");
    }

    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /// Which effects a rule is about.
  ///
  /// @param matcher what has to match
  /// @param unless none of these may match
  /// @param when what has to hold as well, or null
  record Condition(Matcher matcher, List<Matcher> unless, @Nullable When when) {
    Condition {
      requireNonNull(matcher, "matcher");
      unless = List.copyOf(unless);
    }

    boolean holds(Effect effect, Scene scene, Certainty certainty) {
      return matcher.matches(effect, scene, certainty) && isOpen(effect, scene, certainty);
    }

    /// Returns whether nothing but the matcher itself keeps the rule from being about `effect`.
    boolean isOpen(Effect effect, Scene scene, Certainty certainty) {
      for (Matcher exception : unless) {
        if (exception.matches(effect, scene, certainty.turned())) {
          return false;
        }
      }
      return when == null || when.holds(effect, scene, certainty);
    }

    /// Returns whether it is certain that this one holds wherever `other` does.
    boolean covers(Condition other) {
      return (when == null || (other.when != null && when.source().equals(other.when.source())))
          && other.unless.containsAll(unless)
          && matcher.covers(other.matcher);
    }
  }

  public Rule {
    requireNonNull(source, "source");
    requireNonNull(stance, "stance");
    requireNonNull(condition, "condition");
    requireNonNull(reason, "reason");
    examples = List.copyOf(examples);
  }

  /// Returns whether the rule is about `effect`.
  public boolean matches(Effect effect, Scene scene) {
    return condition.holds(effect, scene, stance.needed());
  }

  /// Returns whether it holds on `day`.
  public boolean isInForce(LocalDate day) {
    return expires == null || !day.isAfter(expires);
  }

  /// Returns why `other`, later in the same file, can never count: this one matches all it matches
  /// and is no milder. Empty when that is not certain.
  boolean shadows(Rule other) {
    return stance.compareTo(other.stance) >= 0
        && (expires == null || (other.expires != null && !expires.isBefore(other.expires)))
        && condition.covers(other.condition);
  }

  /// Returns the decision of this rule on `effect`, which it matches.
  public Decision decision(Effect effect) {
    String why = reason.isEmpty() ? "allowed by " + source : reason + named();
    return switch (stance) {
      case ALLOW -> new Decision.Allow(source.id(), why);
      case ASK -> new Decision.Ask(source.id(), why, proposals(effect));
      case DENY -> new Decision.Deny(source.id(), why, List.of());
    };
  }

  /* The derived id says where the rule is; one that was given does not. */
  private String named() {
    boolean typed = source.file().startsWith("--");
    return typed || source.id().endsWith(source.toString()) ? "" : " (" + source + ")";
  }

  /* What a command line allows goes before a question of the person's own file, not of others'. */
  private List<String> proposals(Effect effect) {
    Optional<String> narrowest =
        source.origin() == Origin.USER ? ShortRule.narrowestFor(effect) : Optional.empty();
    return narrowest.map(List::of).orElse(List.of());
  }
}
