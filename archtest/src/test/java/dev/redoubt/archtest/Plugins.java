// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.extractors.BuiltInExtractors;
import dev.redoubt.scan.matchers.BuiltInMatchers;
import dev.redoubt.scan.matchers.advisories.AdvisoryMatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The plugins the rules are about.
final class Plugins {

  private Plugins() {}

  static List<Extractor> extractors() {
    return BuiltInExtractors.all();
  }

  static List<Matcher> matchers() {
    List<Matcher> matchers = new ArrayList<>(BuiltInMatchers.all());
    matchers.add(new AdvisoryMatcher(AdvisoryDatabase.open(Path.of("nowhere"))));
    return matchers;
  }
}
