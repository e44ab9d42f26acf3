// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Compares a text with the file a reviewer reads, and rewrites that file with `-Dgolden=update`.
public final class Golden {

  private Golden() {}

  /// Fails unless `actual` equals the content of `file`.
  ///
  /// @param file relative to `src/test/resources` of the module under test
  public static void check(String actual, String file) {
    check(actual, Path.of("src/test/resources").resolve(file));
  }

  /// Fails unless `actual` equals the content of `page`.
  ///
  /// @param page relative to the top of the checkout, in the manner of `docs/threat-model.md`
  public static void checkPage(String actual, String page) {
    check(actual, Path.of(System.getProperty("redoubt.root")).resolve(page));
  }

  private static void check(String actual, Path path) {
    try {
      if ("update".equals(System.getProperty("golden"))) {
        if (System.getenv("CI") != null) {
          throw new AssertionError("-Dgolden=update is refused when CI is set");
        }
        Files.createDirectories(path.getParent());
        Files.writeString(path, actual, StandardCharsets.UTF_8);
        return;
      }
      assertThat(path)
          .withFailMessage("no golden file %s: run with -Dgolden=update", path)
          .exists();
      assertThat(actual)
          .as(
              String.format(
                  Locale.ROOT, "%s (rewrite with -Dgolden=update when the change is meant)", path))
          .isEqualTo(Files.readString(path, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
