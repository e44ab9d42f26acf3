// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import java.util.Map;

/// The OSV name of the ecosystem a package belongs to.
public final class Ecosystem {

  /* The names are those of the OSV schema 1.7, "Affected package ecosystem". */
  private static final Map<String, String> BY_PURL_TYPE =
      Map.ofEntries(
          Map.entry("npm", "npm"),
          Map.entry("pypi", "PyPI"),
          Map.entry("maven", "Maven"),
          Map.entry("golang", "Go"),
          Map.entry("cargo", "crates.io"),
          Map.entry("gem", "RubyGems"),
          Map.entry("nuget", "NuGet"),
          Map.entry("composer", "Packagist"),
          Map.entry("hex", "Hex"),
          Map.entry("pub", "Pub"),
          Map.entry("swift", "SwiftURL"),
          Map.entry("conan", "ConanCenter"),
          Map.entry("cran", "CRAN"),
          Map.entry("hackage", "Hackage"),
          Map.entry("julia", "Julia"),
          Map.entry("bitnami", "Bitnami"),
          Map.entry("githubactions", "GitHub Actions"),
          Map.entry("apk", "Alpine"),
          Map.entry("deb", "Debian"));

  /* Distributions share a purl type and are told apart by the namespace. */
  private static final Map<String, String> BY_NAMESPACE =
      Map.of(
          "almalinux", "AlmaLinux",
          "redhat", "Red Hat",
          "rocky", "Rocky Linux",
          "opensuse", "openSUSE",
          "suse", "SUSE",
          "ubuntu", "Ubuntu",
          "wolfi", "Wolfi",
          "chainguard", "Chainguard");

  private Ecosystem() {}

  /// Returns the OSV ecosystem of `purl`, without a release suffix, or the purl type when OSV has
  /// no name for it.
  public static String of(Purl purl) {
    String namespace = purl.namespace();
    boolean distribution =
        switch (purl.type()) {
          case "deb", "apk", "rpm" -> true;
          default -> false;
        };
    if (distribution && namespace != null && BY_NAMESPACE.containsKey(namespace)) {
      return BY_NAMESPACE.get(namespace);
    }
    return BY_PURL_TYPE.getOrDefault(purl.type(), purl.type());
  }
}
