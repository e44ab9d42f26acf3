// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement about an inventory item, with the rule or advisory behind it.
///
/// @param identity what it is called
/// @param kind which family it belongs to
/// @param rating how bad it is
/// @param subject the item it is about
/// @param proof what it rests on
/// @param locations where the item was found
public record Finding(
    Identity identity,
    Kind kind,
    Rating rating,
    Subject subject,
    Proof proof,
    List<Location> locations) {

  /// The families of findings.
  public enum Kind {
    ADVISORY,
    MALICIOUS,
    MCP,
    INSTRUCTION
  }

  /// The name of a finding: one identity, however many databases gave it a name of their own.
  ///
  /// @param id the MAL id, else the CVE, else the GHSA, else the record's own; for a rule its
  ///   plugin id
  /// @param aliases the other names, sorted, without `id`
  public record Identity(String id, List<String> aliases) {
    public Identity {
      requireNonNull(id, "id");
      aliases = List.copyOf(aliases);
    }

    /// Returns whether `name` is one of the names of this identity.
    public boolean isCalled(String name) {
      return id.equals(name) || aliases.contains(name);
    }
  }

  /// What a finding rests on.
  ///
  /// @param summary one sentence for a person
  /// @param fixed the smallest version that is not affected, or null when none is known
  /// @param evidence facts in the words of the source: the affected range, the quoted argument with
  ///   secrets replaced by `***`, the code points found
  public record Proof(String summary, @Nullable String fixed, List<String> evidence) {
    public Proof {
      requireNonNull(summary, "summary");
      evidence = List.copyOf(evidence);
    }
  }

  public Finding {
    requireNonNull(identity, "identity");
    requireNonNull(kind, "kind");
    requireNonNull(rating, "rating");
    requireNonNull(subject, "subject");
    requireNonNull(proof, "proof");
    locations = List.copyOf(locations);
  }
}
