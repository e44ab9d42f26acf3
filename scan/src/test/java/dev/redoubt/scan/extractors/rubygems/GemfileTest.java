// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.rubygems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Scope;
import org.junit.jupiter.api.Test;

class GemfileTest {

  @Test
  void blocksThatDoNotEndMakeItUnreadable() {
    assertThat(Gemfile.read("group :test do\n  gem \"rspec\"\n").scope("rspec", false))
        .isEqualTo(Scope.UNKNOWN);
    assertThat(Gemfile.read("gem \"rspec\"\nend\n").scope("rspec", false)).isEqualTo(Scope.UNKNOWN);
  }

  @Test
  void aGroupInsideAnotherIsAsWideAsTheNarrower() {
    String nested = "group :test do\n  group :assets do\n    gem \"sass\"\n  end\nend\n";

    assertThat(Gemfile.read(nested).scope("sass", false)).isEqualTo(Scope.DEV);
  }

  @Test
  void withoutAGemspecAnUnnamedGemIsUnknown() {
    assertThat(Gemfile.read("gem \"rack\"\n").scope("rake", false)).isEqualTo(Scope.UNKNOWN);
  }

  @Test
  void aFileThatRunsAnotherSaysNothingOfUnnamedGems() {
    assertThat(Gemfile.read("gemspec\neval_gemfile \"x\"\n").scope("rake", false))
        .isEqualTo(Scope.UNKNOWN);
  }
}
