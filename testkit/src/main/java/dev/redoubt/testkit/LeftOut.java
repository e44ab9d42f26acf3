// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/// Remembers what was left out, one line each, in `target/left-out.txt` of the module under test;
/// the build script counts them in its last lines.
public final class LeftOut {

  private static final Path FILE = Path.of("target/left-out.txt");

  private LeftOut() {}

  /// Returns whether tests run that need `engine`: when it is there, or has to be. Those that do
  /// not are counted.
  ///
  /// @param engine a program, or something else of the machine, in one word
  /// @param why they are left out
  public static ConditionEvaluationResult unless(boolean there, String engine, String why) {
    if (there || "required".equals(System.getProperty(Engines.PROPERTY))) {
      return ConditionEvaluationResult.enabled(engine + " is there, or has to be");
    }
    note("engine " + engine);
    return ConditionEvaluationResult.disabled("left out: " + why);
  }

  /// @param what `engine NAME` or `data`
  static void note(String what) {
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
