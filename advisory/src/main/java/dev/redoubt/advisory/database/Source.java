// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import static java.util.Objects.requireNonNull;

import dev.redoubt.advisory.files.ByteSink;
import dev.redoubt.advisory.files.ByteSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an advisory file remembers about one of the sources it was compiled from.
///
/// @param name the address or path it came from; importing the same name again replaces it
/// @param records how many of its records name a package of this ecosystem
/// @param rejected what of it could not be read
/// @param asOf when its newest record was last changed
/// @param imported when it was imported
/// @param origin where it stands by law and by content
public record Source(
    String name, int records, Rejected rejected, Instant asOf, Instant imported, Origin origin) {

  /// The licence and the checksum of a source.
  ///
  /// @param licence as stated by the source, or null
  /// @param sha256 of the input, in hexadecimal
  public record Origin(@Nullable String licence, String sha256) {
    public Origin {
      requireNonNull(sha256, "sha256");
    }
  }

  /// Records that could not be read.
  ///
  /// @param count how many
  /// @param first at most twenty of them, each with the reason
  public record Rejected(int count, List<String> first) {
    /// Nothing was rejected.
    public static final Rejected NONE = new Rejected(0, List.of());

    /// How many are listed.
    public static final int LISTED = 20;

    public Rejected {
      first = List.copyOf(first);
    }
  }

  public Source {
    requireNonNull(name, "name");
    requireNonNull(rejected, "rejected");
    requireNonNull(asOf, "asOf");
    requireNonNull(imported, "imported");
    requireNonNull(origin, "origin");
  }

  void write(ByteSink out) {
    out.text(name);
    out.varint(records);
    out.varint(rejected.count());
    out.varint(rejected.first().size());
    rejected.first().forEach(out::text);
    out.instant(asOf);
    out.instant(imported);
    out.text(origin.licence() == null ? "" : origin.licence());
    out.text(origin.sha256());
  }

  static Source read(ByteSource in) {
    String name = in.text();
    int records = in.varint();
    int count = in.varint();
    List<String> first = new ArrayList<>(in.texts());
    Instant asOf = in.instant();
    Instant imported = in.instant();
    String licence = in.text();
    return new Source(
        name,
        records,
        new Rejected(count, first),
        asOf,
        imported,
        new Origin(licence.isEmpty() ? null : licence, in.text()));
  }
}
