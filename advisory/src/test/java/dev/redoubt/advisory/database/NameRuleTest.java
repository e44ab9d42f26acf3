// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameRuleTest {

  @ParameterizedTest
  @CsvSource({
    "PyPI,      Zope.Interface--x_,  zope-interface-x-",
    "PyPI,      already-normal,      already-normal",
    "npm,       JSONStream,          jsonstream",
    "Go,        github.com/A/B,      github.com/a/b",
    "crates.io, Serde_JSON,          serde-json",
    "RubyGems,  RedCloth,            RedCloth",
    "Maven,     Org.x:A_b,           Org.x:A_b",
    "NuGet,     Newtonsoft.Json,     newtonsoft.json",
    "SwiftURL,  https://github.com/Apple/swift-nio.git, github.com/apple/swift-nio",
    "Debian,    libX11,              libX11",
  })
  void namesOfTheSamePackageShareOneForm(String ecosystem, String name, String expected) {
    assertThat(NameRule.of(ecosystem).normalise(name)).isEqualTo(expected);
  }

  @Test
  void aNameInItsFormIsNotCopied() {
    String name = new String("left-pad");

    for (NameRule rule : NameRule.values()) {
      assertThat(rule.normalise(name)).as(rule.name()).isSameAs(name);
    }
  }
}
