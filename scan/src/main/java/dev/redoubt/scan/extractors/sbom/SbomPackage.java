// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import dev.redoubt.model.Hash;
import dev.redoubt.model.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One entry of a bill of materials, as the document states it.
///
/// @param id unique in the document
/// @param label name and version, for messages
/// @param identity its package URL and version, each empty when absent
/// @param kind whether it is a package
/// @param hashes as stated
/// @param place its scope, UNKNOWN when only relationships tell, and its line
record SbomPackage(
    String id, String label, Identity identity, Kind kind, List<Hash> hashes, Place place) {

  private static final Set<String> READABLE = Set.of("sha3", "blake2b", "blake2s");

  /// @param purl exactly as written, empty when absent
  /// @param version exactly as written, empty when absent
  record Identity(String purl, String version) {}

  record Place(Scope scope, int line) {}

  enum Kind {
    /// Something installed; without a package URL it is a gap.
    PACKAGE,
    /// Something that holds packages, such as an application, an image or a lock file.
    HOLDER,
    /// A file, a service, data: never a component.
    OTHER
  }

  SbomPackage {
    hashes = List.copyOf(hashes);
  }

  /// Returns the hash, its algorithm in the spelling of the model: `SHA-256` is `sha256`,
  /// `SHA3-256` stays `sha3-256`.
  static Hash hash(String algorithm, String value) {
    String lower = algorithm.toLowerCase(Locale.ROOT).replace('_', '-');
    int dash = lower.indexOf('-');
    boolean kept = dash > 0 && READABLE.contains(lower.substring(0, dash));
    return new Hash(kept ? lower : lower.replace("-", ""), value);
  }

  static String label(String group, String name, String version) {
    String full = group.isEmpty() ? name : group + "/" + name;
    String label = version.isEmpty() ? full : full + " " + version;
    return label.length() <= 120 ? label : label.substring(0, 120) + "…";
  }
}
