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
    Path path = Path.of("src/test/resources").resolve(file);
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
