// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Rating;
import java.util.List;

/// One weakness of a package at a version, however many records describe it.
///
/// @param identity the MAL id, else the CVE, else the GHSA, else the record's own; all other names
///   as aliases
/// @param kind [Kind#MALICIOUS] when any of the records says so
/// @param rating critical for a malicious package, else from the best CVSS vector, else from the
///   source's own word, else unknown
/// @param proof summary, fixed version and the affected ranges as evidence
/// @param references at most five addresses
/// @param records the ids of the records behind it, sorted
public record AdvisoryMatch(
    Finding.Identity identity,
    Kind kind,
    Rating rating,
    Finding.Proof proof,
    List<String> references,
    List<String> records) {

  /// Whether a package is weak or evil.
  public enum Kind {
    VULNERABLE,
    MALICIOUS
  }

  public AdvisoryMatch {
    requireNonNull(identity, "identity");
    requireNonNull(kind, "kind");
    requireNonNull(rating, "rating");
    requireNonNull(proof, "proof");
    references = List.copyOf(references);
    records = List.copyOf(records);
  }
}
