// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Purl;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackageCoordinateTest {

  @Test
  void aPurlGivesTheNameThatOsvUses() {
    assertThat(PackageCoordinate.of(Purl.of("maven", "org.a", "b", "1")))
        .isEqualTo(new PackageCoordinate("Maven", "", "org.a:b", "1"));
    assertThat(PackageCoordinate.of(Purl.of("npm", "@a", "b", null)))
        .isEqualTo(new PackageCoordinate("npm", "", "@a/b", null));
    assertThat(PackageCoordinate.of(Purl.of("golang", "github.com/a", "b", "v1")))
        .isEqualTo(new PackageCoordinate("Go", "", "github.com/a/b", "v1"));
    assertThat(PackageCoordinate.of(Purl.of("composer", "a", "b", "1")))
        .isEqualTo(new PackageCoordinate("Packagist", "", "a/b", "1"));
    assertThat(PackageCoordinate.of(Purl.of("cargo", null, "b", "1")))
        .isEqualTo(new PackageCoordinate("crates.io", "", "b", "1"));
  }

  @Test
  void aPackageOfAHexOrganisationIsNotThePublicOneOfItsName() {
    assertThat(PackageCoordinate.of(Purl.of("hex", "acme", "plug", "1.0.0")))
        .isEqualTo(new PackageCoordinate("Hex", "", "acme/plug", "1.0.0"));
  }

  @Test
  void aDistributionPurlGivesReleaseSourcePackageAndEpoch() {
    assertThat(
            PackageCoordinate.of(
                new Purl(
                    "deb",
                    "debian",
                    "libssl3",
                    "3.0.1",
                    Map.of("distro", "debian-12", "upstream", "openssl@3.0.1"),
                    null)))
        .isEqualTo(new PackageCoordinate("Debian", "12", "openssl", "3.0.1"));
    assertThat(
            PackageCoordinate.of(
                new Purl("rpm", "almalinux", "openssl", "1.1-5.el8", Map.of("epoch", "1"), null)))
        .isEqualTo(new PackageCoordinate("AlmaLinux", "8", "openssl", "1:1.1-5.el8"));
    assertThat(
            PackageCoordinate.of(
                new Purl("apk", "alpine", "zlib", "1.2", Map.of("distro", "alpine-3.18.4"), null)))
        .isEqualTo(new PackageCoordinate("Alpine", "3.18.4", "zlib", "1.2"));
  }
}
