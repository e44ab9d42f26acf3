// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Where the shared test data lies: the folder named by the property `redoubt.testdata`.
///
/// Classes that need it carry [NeedsSharedData]. Unset, they are left out and counted in the last
/// lines of the build; set but unreadable, they fail.
public final class SharedData implements ExecutionCondition {

  static final String PROPERTY = "redoubt.testdata";

  /// Returns the path of `relative` in the shared test data.
  public static Path path(String relative) {
    Path path = Path.of(System.getProperty(PROPERTY, "")).resolve(relative);
    if (!Files.isReadable(path)) {
      throw new AssertionError(
          "shared test data \"%s\" is not readable (property %s)".formatted(path, PROPERTY));
    }
    return path;
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (System.getProperty(PROPERTY, "").isEmpty()) {
      LeftOut.note("data");
      return ConditionEvaluationResult.disabled("left out: property " + PROPERTY + " is not set");
    }
    return ConditionEvaluationResult.enabled("shared test data is set");
  }
}
