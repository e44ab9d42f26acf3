// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A package URL (ECMA-427): type, namespace, name, version, qualifiers and subpath, decoded and
/// normalised by the rules of its type. Equal purls have equal text and the other way round.
///
/// Every way to make one normalises and checks. A malformed type, a missing name, a namespace that
/// the type prohibits or lacks, a missing required qualifier (`uuid` of julia, `tag_id` of swid) or
/// half a surrogate pair ends in a [PurlException]; whoever reads foreign files catches it and
/// reports a [Gap]. Golang alone may lack the namespace that its definition asks for: `stdlib` and
/// modules of one element would be lost.
///
/// **Case is lost.** The specification writes golang, npm, pypi, composer, hex and more in lower
/// case, while advisories name Go and npm packages as their authors do:
/// `github.com/BurntSushi/toml`, `JSONStream`. Matching must therefore compare names without regard
/// to case for Go and npm, and for nuget too, which is blind to case but kept as written.
///
/// @param type lower-case, in the manner of `npm`
/// @param namespace segments joined by `/`, or null
/// @param name never empty; of git it is the path on the host, as in `owner/repository`
/// @param version null when not pinned, never empty
/// @param qualifiers sorted by key, no value empty
/// @param subpath segments joined by `/`, none of them `.` or `..`, or null
public record Purl(
    String type,
    @Nullable String namespace,
    String name,
    @Nullable String version,
    Map<String, String> qualifiers,
    @Nullable String subpath)
    implements Comparable<Purl> {

  private static final Comparator<@Nullable String> ABSENT_FIRST =
      Comparator.nullsFirst(Comparator.<String>naturalOrder());

  /// Normalises; see the type for what is refused.
  ///
  /// A name of golang or npm may carry its namespace (`@scope/name`); keys of qualifiers may be of
  /// either case, and qualifiers with an empty value are left out.
  public Purl {
    type = PurlText.type(requireNonNull(type, "type"));
    PurlText.requireUnicode(namespace, name, version, subpath);
    PurlRule rule = PurlRule.of(type);
    PurlRule.Place place = PurlRule.place(type, PurlText.path(namespace), PurlText.name(name));
    version = rule.version(version == null || version.isEmpty() ? null : version);
    qualifiers = PurlText.qualifiers(qualifiers);
    name = rule.name(type, place, qualifiers);
    namespace = rule.namespace(type, place.namespace());
    subpath = PurlText.subpath(subpath);
    rule.check(type, new PurlRule.Place(namespace, name), version, qualifiers);
  }

  /// Returns a purl without qualifiers and subpath, normalised by the rules of its type.
  ///
  /// @throws PurlException if the components make no purl; always for julia and swid, which need a
  ///   qualifier
  public static Purl of(
      String type, @Nullable String namespace, String name, @Nullable String version) {
    return new Purl(type, namespace, name, version, Map.of(), null);
  }

  /// Returns the purl that `text` spells, canonical or not.
  ///
  /// Takes slashes after `pkg:`, upper case where it means nothing, unsorted or empty qualifiers,
  /// superfluous slashes, and characters that should have been percent-encoded, an npm scope's `@`
  /// among them.
  ///
  /// @throws PurlException if it is no purl
  public static Purl parse(String text) {
    return PurlText.parse(requireNonNull(text, "text"));
  }

  /// Returns this purl with `version` in place of its own, null for none.
  public Purl withVersion(@Nullable String version) {
    return new Purl(type, namespace, name, version, qualifiers, subpath);
  }

  /// Returns the canonical text of type, namespace and name: what all versions of a package share.
  ///
  /// Not always a purl: julia and swid would need a qualifier.
  public String packageText() {
    return PurlText.printPackage(this).toString();
  }

  /// Orders by type, namespace, name, version, qualifiers and subpath, what is absent first.
  @Override
  public int compareTo(Purl other) {
    int order = type.compareTo(other.type);
    if (order == 0) {
      order = ABSENT_FIRST.compare(namespace, other.namespace);
    }
    if (order == 0) {
      order = name.compareTo(other.name);
    }
    if (order == 0) {
      order = ABSENT_FIRST.compare(version, other.version);
    }
    if (order == 0) {
      order = compare(qualifiers, other.qualifiers);
    }
    return order == 0 ? ABSENT_FIRST.compare(subpath, other.subpath) : order;
  }

  private static int compare(Map<String, String> left, Map<String, String> right) {
    Iterator<Map.Entry<String, String>> others = right.entrySet().iterator();
    for (Map.Entry<String, String> entry : left.entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      Map.Entry<String, String> other = others.next();
      int order = entry.getKey().compareTo(other.getKey());
      if (order == 0) {
        order = entry.getValue().compareTo(other.getValue());
      }
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  /// Returns the canonical text, in ASCII.
  @Override
  public String toString() {
    return PurlText.print(this);
  }
}
