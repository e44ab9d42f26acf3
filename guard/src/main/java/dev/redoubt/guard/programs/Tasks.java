// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Names of tasks in a build file that say plainly that they build or check: `test`, `lint:js`,
/// `compileTestJava`.
///
/// The name proves nothing about what the build file does. It only says what the person who trusted
/// the workspace expects to happen; `deploy` and `publish` are not among it, nor is any name with a
/// word in it that is not written here.
final class Tasks {

  private static final Set<String> FIRST =
      Set.of(
          "all",
          "analyse",
          "analyze",
          "assemble",
          "build",
          "bundle",
          "check",
          "checks",
          "checkstyle",
          "circular",
          "classes",
          "clean",
          "compile",
          "cov",
          "coverage",
          "detekt",
          "dtslint",
          "e2e",
          "eslint",
          "help",
          "integration",
          "jar",
          "javadoc",
          "ktlint",
          "lint",
          "pmd",
          "posttest",
          "prebuild",
          "pretest",
          "process",
          "spec",
          "specs",
          "spellcheck",
          "spotbugs",
          "stylelint",
          "test",
          "tests",
          "tsc",
          "tslint",
          "type",
          "typecheck",
          "types",
          "typescript",
          "unit",
          "unittest",
          "validate",
          "verify",
          "vet",
          "xo");

  private static final Set<String> LATER =
      Set.of(
          "acceptance",
          "all",
          "api",
          "app",
          "backend",
          "bench",
          "browser",
          "bundle",
          "c",
          "chrome",
          "chromium",
          "ci",
          "circular",
          "cjs",
          "client",
          "code",
          "component",
          "components",
          "config",
          "core",
          "cov",
          "cpp",
          "css",
          "cypress",
          "debug",
          "deps",
          "dev",
          "development",
          "dist",
          "doc",
          "docs",
          "effects",
          "emit",
          "en",
          "end",
          "entry",
          "esm",
          "examples",
          "exports",
          "external",
          "fast",
          "firefox",
          "fmt",
          "format",
          "formatting",
          "frontend",
          "full",
          "functional",
          "global",
          "globals",
          "go",
          "groovy",
          "headers",
          "headless",
          "html",
          "import",
          "imports",
          "integration",
          "integrity",
          "it",
          "java",
          "jest",
          "js",
          "karma",
          "kotlin",
          "lcov",
          "legacy",
          "lib",
          "license",
          "licenses",
          "links",
          "local",
          "main",
          "markdown",
          "md",
          "mjs",
          "mocha",
          "module",
          "modules",
          "native",
          "next",
          "no",
          "node",
          "nx",
          "old",
          "only",
          "package",
          "packages",
          "parallel",
          "perf",
          "pkg",
          "playwright",
          "plugin",
          "plugins",
          "prettier",
          "prod",
          "production",
          "py",
          "python",
          "quick",
          "race",
          "regression",
          "release",
          "report",
          "resources",
          "roll",
          "rollup",
          "rust",
          "sample",
          "samples",
          "scala",
          "schema",
          "scripts",
          "section",
          "server",
          "short",
          "side",
          "single",
          "site",
          "size",
          "smoke",
          "snapshot",
          "spec",
          "spelling",
          "spotless",
          "src",
          "static",
          "std",
          "storybook",
          "strict",
          "style",
          "systemjs",
          "tap",
          "templates",
          "ts",
          "types",
          "umd",
          "unused",
          "utils",
          "validation",
          "validator",
          "verbose",
          "version",
          "versions",
          "vite",
          "vitest",
          "vue",
          "wasm",
          "web",
          "webkit",
          "webpack",
          "wiki",
          "yaml");

  private static final Set<String> BUILT = Set.of("doc", "docs", "site");
  private static final Set<String> CHECKED = Set.of("fmt", "format", "prettier", "spotless");

  private Tasks() {}

  /// Returns whether every word of `name` is one of a build or a check.
  static boolean isPlain(String name) {
    List<String> words = words(name);
    if (words.isEmpty()) {
      return false;
    }
    String first = words.getFirst();
    boolean checks = CHECKED.contains(first) && words.getLast().equals("check");
    boolean builds = BUILT.contains(first) && words.getLast().equals("build");
    if (!FIRST.contains(first) && !checks && !builds) {
      return false;
    }
    for (String word : words.subList(1, words.size())) {
      if (!FIRST.contains(word) && !LATER.contains(word)) {
        return false;
      }
    }
    return true;
  }

  /// Splits at `:`, `-`, `_`, `.` and where a capital follows a small letter; empty when another
  /// character is in it.
  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean end = i == name.length();
      char c = end ? ':' : name.charAt(i);
      boolean separates = c == ':' || c == '-' || c == '_' || c == '.';
      boolean capital = c >= 'A' && c <= 'Z' && i > start && isSmall(name.charAt(i - 1));
      if (!separates && !isSmall(c) && !(c >= 'A' && c <= 'Z')) {
        return List.of();
      }
      if ((separates || capital) && i > start) {
        words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
      }
      if (separates || capital) {
        start = separates ? i + 1 : i;
      }
    }
    return words;
  }

  private static boolean isSmall(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  /// Makes `draft` unknown unless every operand is a plain task.
  static void judge(Draft draft, String program, List<Arg> operands) {
    for (Arg operand : operands) {
      if (!(operand instanceof Arg.Known(String name)) || !isPlain(name)) {
        draft.raise(Nature.UNKNOWN, program + " " + operand.shown() + " is not a plain task");
      }
    }
  }

  /// Judges what is handed on to a test or a check: files of it, and options every runner has.
  static void handedOn(Draft draft, List<Arg> operands) {
    for (Arg operand : operands) {
      if (operand instanceof Arg.Known(String text) && text.startsWith("-")) {
        if (!isPlainOption(text)) {
          draft.raise(Nature.UNKNOWN, "what " + text + " does is not known");
        }
      } else if (operand.couldBeOption()) {
        draft.raise(Nature.UNKNOWN, operand.shown() + " could be an option");
      } else {
        draft.want(new Want.File(Access.READ, operand));
      }
    }
  }

  private static boolean isPlainOption(String text) {
    return switch (text) {
      case "--watch=false", "--watchAll=false", "--no-watch", "--run", "--ci", "--bail", "-b" ->
          true;
      case "--coverage", "--coverage=false", "--no-coverage", "--silent", "--quiet", "-q" -> true;
      case "--verbose", "-v", "-vv", "-t", "--testNamePattern", "--testPathPattern" -> true;
      case "--testPathPatterns", "--runInBand", "-i", "--passWithNoTests", "--grep", "-g" -> true;
      case "--noEmit", "--max-warnings=0", "--check", "-x", "-s", "-k", "--nocapture" -> true;
      default -> text.startsWith("--testNamePattern=") || text.startsWith("--maxWorkers=");
    };
  }
}
