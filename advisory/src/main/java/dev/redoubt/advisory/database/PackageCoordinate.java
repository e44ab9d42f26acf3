// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Ecosystem;
import dev.redoubt.model.Purl;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A package at a version, named as OSV names it.
///
/// @param ecosystem without a release
/// @param release of a distribution (`8`, `12`, `3.18`), or empty when there is none or it is not
///   known
/// @param name as OSV writes it: `group:artifact` of Maven, `@scope/name` of npm, the path of a Go
///   module, `vendor/name` of Composer, the source package of a distribution when the purl tells it
/// @param version the version, or null when it is not known
public record PackageCoordinate(
    String ecosystem, String release, String name, @Nullable String version) {

  private static final Pattern EL_RELEASE = Pattern.compile("[.+_]el(\\d+)");
  private static final Pattern DISTRO = Pattern.compile("[^0-9]*([0-9][0-9.]*).*");

  public PackageCoordinate {
    requireNonNull(ecosystem, "ecosystem");
    requireNonNull(release, "release");
    requireNonNull(name, "name");
  }

  /// Returns the coordinate of `purl`.
  public static PackageCoordinate of(Purl purl) {
    return new PackageCoordinate(Ecosystem.of(purl), release(purl), name(purl), version(purl));
  }

  private static String name(Purl purl) {
    String namespace = purl.namespace();
    return switch (purl.type()) {
      case "maven" -> namespace == null ? purl.name() : namespace + ":" + purl.name();
      case "deb", "apk", "rpm" -> sourcePackage(purl);
      // The namespace of Hex is an organisation, whose packages nobody else can see.
      case "conan", "cran", "hackage", "julia", "pub", "bitnami" -> purl.name();
      default -> namespace == null ? purl.name() : namespace + "/" + purl.name();
    };
  }

  /* Debian and Alpine write advisories about source packages; RPM distributions about binary ones. */
  private static String sourcePackage(Purl purl) {
    String upstream = purl.qualifiers().get("upstream");
    if (upstream == null || upstream.isEmpty() || purl.type().equals("rpm")) {
      return purl.name();
    }
    int at = upstream.indexOf('@');
    return at > 0 ? upstream.substring(0, at) : upstream;
  }

  private static String release(Purl purl) {
    boolean distribution =
        switch (purl.type()) {
          case "deb", "apk", "rpm" -> true;
          default -> false;
        };
    if (!distribution) {
      return "";
    }
    String distro = purl.qualifiers().getOrDefault("distro", "");
    Matcher numbered = DISTRO.matcher(distro);
    if (numbered.matches()) {
      return numbered.group(1);
    }
    String version = purl.version();
    Matcher el = EL_RELEASE.matcher(version == null ? "" : version);
    return purl.type().equals("rpm") && el.find() ? el.group(1) : "";
  }

  private static @Nullable String version(Purl purl) {
    String version = purl.version();
    String epoch = purl.qualifiers().get("epoch");
    if (version != null && purl.type().equals("rpm") && epoch != null && !version.contains(":")) {
      return epoch + ":" + version;
    }
    return version;
  }
}
