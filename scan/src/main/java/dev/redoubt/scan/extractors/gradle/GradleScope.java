// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.model.Scope;
import java.util.List;
import java.util.Locale;

/// Decides what a dependency is needed for from the names of the configurations that hold it.
final class GradleScope {

  /* Configurations of tools that run during the build. Matched against the start of the name in lower
  case, because plugins append their own words ("dokkaHtmlPlugin", "kaptTest"). */
  private static final List<String> BUILD_TOOLS =
      List.of(
          "annotationprocessor",
          "checkstyle",
          "classpath",
          "codenarc",
          "detekt",
          "dokka",
          "errorprone",
          "jacoco",
          "kapt",
          "kotlinbuildtools",
          "kotlincompiler",
          "kotlinklib",
          "kotlinnative",
          "kotlinscript",
          "ksp",
          "ktlint",
          "lintchecks",
          "nullaway",
          "palantir",
          "pmd",
          "signatures",
          "spotbugs",
          "spotless",
          "zinc");

  private static final List<String> PRODUCT =
      List.of(
          "api",
          "archives",
          "bundledimplementation",
          "compile",
          "compileonly",
          "compileonlyapi",
          "corelibrarydesugaring",
          "default",
          "developmentonly",
          "implementation",
          "include",
          "provided",
          "providedcompile",
          "providedruntime",
          "runtime",
          "runtimeonly",
          "shadow");

  private static final List<String> PRODUCT_ENDS =
      List.of(
          "compileclasspath",
          "runtimeclasspath",
          "implementation",
          "compileonly",
          "runtimeonly",
          "api");

  private GradleScope() {}

  /// Returns PROD when one of them belongs to the product, DEV when all belong to tests or to tools
  /// of the build, and UNKNOWN when there is none or one has a name of the project's own.
  static Scope of(List<String> configurations) {
    Scope scope = Scope.DEV;
    for (String configuration : configurations) {
      Scope one = of(configuration);
      if (one.compareTo(scope) < 0) {
        scope = one;
      }
    }
    return configurations.isEmpty() ? Scope.UNKNOWN : scope;
  }

  static Scope of(String configuration) {
    String name = configuration.toLowerCase(Locale.ROOT);
    if (isTest(name) || BUILD_TOOLS.stream().anyMatch(name::startsWith)) {
      return Scope.DEV;
    }
    if (name.endsWith("annotationprocessor") || name.endsWith("annotationprocessorclasspath")) {
      return Scope.DEV;
    }
    return PRODUCT.contains(name) || PRODUCT_ENDS.stream().anyMatch(name::endsWith)
        ? Scope.PROD
        : Scope.UNKNOWN;
  }

  /// Returns whether a name, in lower case, is that of something only tests use.
  static boolean isTest(String name) {
    return name.startsWith("test")
        || (name.contains("test") && !name.contains("latest") && !name.contains("attest"))
        || name.startsWith("jmh");
  }
}
