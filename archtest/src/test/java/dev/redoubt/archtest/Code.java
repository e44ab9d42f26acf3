// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The code under the rules: compiled classes and source files of every module.
final class Code {

  /// The top of the checkout.
  static final Path ROOT = Path.of(System.getProperty("redoubt.root"));

  /// The compiled classes of the product, without tests.
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("redoubt-testkit"))
          .withImportOption(location -> !location.contains("/testkit/"))
          .importPackages("dev.redoubt");

  private Code() {}

  /// Returns the files below `folder` of every module, in the manner of `src/main/java`.
  static List<Path> files(String folder, String suffix) {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve(folder))
          .filter(Files::isDirectory)
          .flatMap(module -> walk(module).stream())
          .filter(file -> file.toString().endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the Markdown files of the project, build output left out.
  static List<Path> documents() {
    try (Stream<Path> tops = Files.list(ROOT)) {
      return tops.filter(path -> !path.getFileName().toString().equals(".git"))
          .flatMap(top -> walk(top).stream())
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
          .filter(file -> !ROOT.relativize(file).toString().contains("src/test/resources/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
