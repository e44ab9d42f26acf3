// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.extractors.BuiltInExtractors;
import dev.redoubt.scan.matchers.BuiltInMatchers;
import java.util.List;

/// The plugins the rules are about.
final class Plugins {

  private Plugins() {}

  static List<Extractor> extractors() {
    return BuiltInExtractors.all();
  }

  static List<Matcher> matchers() {
    return BuiltInMatchers.all();
  }
}
