// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Ecosystem;
import dev.redoubt.model.Purl;
import java.io.IOException;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionOrdersTest {

  @ParameterizedTest
  @CsvSource({
    "debian, Debian:12",
    "alpine, Alpine:v3.19",
    "redhat, AlmaLinux:8",
    "redhat, Red Hat:enterprise_linux:8::baseos",
    "redhat, ROCKY LINUX:9",
    "debian, Ubuntu:Pro:22.04:LTS",
    "packagist, Packagist:https://repo.example",
    "maven, Maven:https://repo.example/maven2",
    "pypi, PYPI",
    "debian, Echo",
    "pypi, Echo:PyPI",
    "maven, Echo:Maven",
    "pub, Echo:npm",
    "debian, Echo:13",
    "alpine, Docker Hardened Images:Alpine:3.23",
    "debian, Root:Debian:12",
    "maven, TuxCare:Maven",
    "semver, ' npm '"
  })
  void anEcosystemIsFoundInAnyCaseAndWithItsSuffix(String same, String name) {
    assertThat(VersionOrders.forEcosystem(name))
        .isPresent()
        .isEqualTo(VersionOrders.forEcosystem(same));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "Android", "GIT", "OSS-Fuzz", "Root", "Root:x", "Debian12", "unknown"})
  void anEcosystemWithoutAKnownOrderHasNone(String name) {
    assertThat(VersionOrders.forEcosystem(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkg:npm/a",
        "pkg:pypi/a",
        "pkg:maven/g/a",
        "pkg:golang/m.example/a",
        "pkg:cargo/a",
        "pkg:gem/a",
        "pkg:nuget/a",
        "pkg:composer/v/a",
        "pkg:hex/a",
        "pkg:pub/a",
        "pkg:swift/h.example/o/a@1.0.0",
        "pkg:conan/a",
        "pkg:cran/a@1.0",
        "pkg:hackage/a",
        "pkg:julia/a?uuid=7876af07-990d-54b4-ab0e-23690620f79a",
        "pkg:bitnami/a",
        "pkg:apk/alpine/a",
        "pkg:apk/wolfi/a",
        "pkg:deb/debian/a",
        "pkg:deb/ubuntu/a",
        "pkg:rpm/almalinux/a",
        "pkg:rpm/redhat/a",
        "pkg:rpm/opensuse/a"
      })
  void theEcosystemOfAPackageHasAnOrder(String purl) {
    assertThat(VersionOrders.forEcosystem(Ecosystem.of(Purl.parse(purl)))).isPresent();
  }

  @Test
  void thePageListsEveryNameWithItsOrder() throws IOException {
    SortedMap<String, String> listed = new TreeMap<>();
    VersionOrders.all()
        .forEach((name, order) -> listed.put(name, order.getClass().getSimpleName()));

    assertThat(namesOnThePage()).isEqualTo(listed);
  }

  /// Reads rows such as `| CRAN, Bioconductor | NumberListOrder | … |`.
  private static SortedMap<String, String> namesOnThePage() throws IOException {
    SortedMap<String, String> names = new TreeMap<>();
    for (String line : VersionsPage.lines()) {
      String[] cells = line.split("\\|", -1);
      if (cells.length > 3 && cells[2].strip().matches("`\\w+Order`")) {
        for (String name : cells[1].split(",", -1)) {
          names.put(name.strip().toLowerCase(Locale.ROOT), cells[2].strip().replace("`", ""));
        }
      }
    }
    return names;
  }
}
