// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A package URL: type, namespace, name, version, qualifiers and subpath.
///
/// @param type lower-case, in the manner of `npm`
/// @param namespace segments joined by `/`, decoded, or null
/// @param name decoded
/// @param version decoded, or null when not pinned
/// @param qualifiers decoded, sorted by key
/// @param subpath decoded, or null
public record Purl(
    String type,
    @Nullable String namespace,
    String name,
    @Nullable String version,
    Map<String, String> qualifiers,
    @Nullable String subpath)
    implements Comparable<Purl> {

  public Purl {
    requireNonNull(type, "type");
    requireNonNull(name, "name");
    qualifiers = Collections.unmodifiableMap(new TreeMap<>(qualifiers));
  }

  /// Returns a purl without qualifiers and subpath, normalised by the rules of its type.
  public static Purl of(
      String type, @Nullable String namespace, String name, @Nullable String version) {
    return new Purl(type, namespace, name, version, Map.of(), null);
  }

  @Override
  public int compareTo(Purl other) {
    return toString().compareTo(other.toString());
  }

  /// Returns the canonical text.
  @Override
  public String toString() {
    return "pkg:%s/%s%s%s"
        .formatted(
            type,
            namespace == null ? "" : namespace + "/",
            name,
            version == null ? "" : "@" + version);
  }
}
