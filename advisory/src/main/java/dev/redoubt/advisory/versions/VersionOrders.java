// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The written list of ecosystems whose versions have a known order.
///
/// Names are those of the OSV schema 1.7, and some that people use for an order itself, such as
/// `semver`. An ecosystem that is not listed has no order that we know to be right; a version of it
/// can only be looked up, never compared.
public final class VersionOrders {

  private static final VersionOrder ALPINE = new AlpineOrder();
  private static final VersionOrder DEBIAN = new DebianOrder();
  private static final VersionOrder MAVEN = new MavenOrder();
  private static final VersionOrder PACKAGIST = new PackagistOrder();
  private static final VersionOrder PYPI = new PypiOrder();
  private static final VersionOrder RPM = new RpmOrder();
  private static final VersionOrder RUBYGEMS = new RubyGemsOrder();

  /* Keys in lower case, sorted. docs/versions.md has the same list for people. */
  private static final Map<String, VersionOrder> BY_NAME =
      Map.ofEntries(
          Map.entry("almalinux", RPM),
          Map.entry("alpaquita", ALPINE),
          Map.entry("alpine", ALPINE),
          Map.entry("azure linux", RPM),
          Map.entry("bellsoft hardened containers", ALPINE),
          Map.entry("bioconductor", NumberListOrder.CRAN),
          Map.entry("bitnami", SemVerOrder.SEMVER),
          Map.entry("chainguard", ALPINE),
          Map.entry("conancenter", SemVerOrder.SEMVER),
          Map.entry("cran", NumberListOrder.CRAN),
          Map.entry("crates.io", SemVerOrder.SEMVER),
          Map.entry("debian", DEBIAN),
          Map.entry("echo", DEBIAN),
          Map.entry("ghc", NumberListOrder.HACKAGE),
          Map.entry("github actions", SemVerOrder.SEMVER),
          Map.entry("go", SemVerOrder.GO),
          Map.entry("hackage", NumberListOrder.HACKAGE),
          Map.entry("hex", SemVerOrder.SEMVER),
          Map.entry("julia", SemVerOrder.SEMVER),
          Map.entry("kubernetes", SemVerOrder.SEMVER),
          Map.entry("mageia", RPM),
          Map.entry("maven", MAVEN),
          Map.entry("minimos", ALPINE),
          Map.entry("npm", SemVerOrder.SEMVER),
          Map.entry("nuget", SemVerOrder.NUGET),
          Map.entry("opam", DEBIAN),
          Map.entry("openeuler", RPM),
          Map.entry("opensuse", RPM),
          Map.entry("packagist", PACKAGIST),
          Map.entry("photon os", RPM),
          Map.entry("pub", SemVerOrder.PUB),
          Map.entry("pypi", PYPI),
          Map.entry("red hat", RPM),
          Map.entry("redhat", RPM),
          Map.entry("rocky linux", RPM),
          Map.entry("rubygems", RUBYGEMS),
          Map.entry("semver", SemVerOrder.SEMVER),
          Map.entry("suse", RPM),
          Map.entry("swifturl", SemVerOrder.SEMVER),
          Map.entry("ubuntu", DEBIAN),
          Map.entry("vscode", SemVerOrder.SEMVER),
          Map.entry("wolfi", ALPINE));

  private VersionOrders() {}

  /// Returns the order of `osvName`, in any case, with or without the suffix that OSV adds for a
  /// release or a repository: `Debian:12`, `Packagist:https://repo.example`.
  ///
  /// Four names publish rebuilt packages of others and name the other in the suffix; they follow
  /// the other: `Echo:PyPI`, `Docker Hardened Images:Alpine:3.23`, `Root:Debian:12`,
  /// `TuxCare:Maven`.
  public static Optional<VersionOrder> forEcosystem(String osvName) {
    String name = osvName.strip().toLowerCase(Locale.ROOT);
    int colon = name.indexOf(':');
    if (colon < 0) {
      return Optional.ofNullable(BY_NAME.get(name));
    }
    String ecosystem = name.substring(0, colon);
    String suffix = name.substring(colon + 1);
    return switch (ecosystem) {
      case "echo" -> Optional.of(echo(suffix));
      case "docker hardened images", "root", "tuxcare" -> rebuilt(suffix);
      default -> Optional.ofNullable(BY_NAME.get(ecosystem));
    };
  }

  /// Returns every listed name in lower case with its order, sorted by name.
  static SortedMap<String, VersionOrder> all() {
    return new TreeMap<>(BY_NAME);
  }

  /* Echo marks its builds as +echo.1, which is above the version it repairs. */
  private static VersionOrder echo(String suffix) {
    return switch (suffix) {
      case "npm" -> SemVerOrder.PUB;
      case "maven" -> MAVEN;
      case "pypi" -> PYPI;
      default -> DEBIAN;
    };
  }

  private static Optional<VersionOrder> rebuilt(String suffix) {
    int colon = suffix.indexOf(':');
    String ecosystem = colon < 0 ? suffix : suffix.substring(0, colon);
    return Optional.ofNullable(BY_NAME.get(ecosystem));
  }
}
