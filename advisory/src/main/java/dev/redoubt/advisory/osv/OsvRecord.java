// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.osv;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/// One advisory as a source wrote it, cut down to what matching and reporting need.
///
/// @param names what it is called
/// @param life when it last changed and whether it still stands
/// @param text what a person reads
/// @param assessment how bad the source says it is
/// @param affected the packages it names; parts without a package are left out
public record OsvRecord(
    Names names, Life life, Text text, Assessment assessment, List<Affected> affected) {

  /// The name a source gave the record and the names others gave the same weakness.
  ///
  /// @param id the record's own
  /// @param aliases in the order of the record
  public record Names(String id, List<String> aliases) {
    public Names {
      requireNonNull(id, "id");
      aliases = List.copyOf(aliases);
    }
  }

  /// When a record last changed and whether it still stands.
  ///
  /// @param modified the newest date the record states, [Instant#EPOCH] when it states none
  /// @param withdrawn true when the source took it back
  public record Life(Instant modified, boolean withdrawn) {
    public Life {
      requireNonNull(modified, "modified");
    }
  }

  /// What a person reads about it.
  ///
  /// @param summary one line, at most 240 characters; the first line of the details when there is
  ///   no summary
  /// @param references at most three addresses
  public record Text(String summary, List<String> references) {
    public Text {
      requireNonNull(summary, "summary");
      references = List.copyOf(references);
    }
  }

  /// How bad the source says it is.
  ///
  /// @param vectors CVSS vectors of the whole record
  /// @param label a word in place of a vector, in upper case, or empty
  /// @param malicious true when the record is about a package made to do harm, not about a mistake
  public record Assessment(List<String> vectors, String label, boolean malicious) {
    public Assessment {
      vectors = List.copyOf(vectors);
      requireNonNull(label, "label");
    }
  }

  public OsvRecord {
    requireNonNull(names, "names");
    requireNonNull(life, "life");
    requireNonNull(text, "text");
    requireNonNull(assessment, "assessment");
    affected = List.copyOf(affected);
  }

  /// Returns the record's own id.
  public String id() {
    return names.id();
  }

  /// Returns the same record with only the parts about `ecosystem`.
  public OsvRecord about(String ecosystem) {
    return new OsvRecord(
        names,
        life,
        text,
        assessment,
        affected.stream().filter(part -> part.coordinate().ecosystem().equals(ecosystem)).toList());
  }
}
