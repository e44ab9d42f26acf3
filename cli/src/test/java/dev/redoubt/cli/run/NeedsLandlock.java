// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.sandbox.kernel.Landlock;
import dev.redoubt.testkit.LeftOut;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Marks tests that a kernel without Landlock leaves out, unless the property `redoubt.engines` is
/// `required`: then they run and fail.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsLandlock.Condition.class)
@interface NeedsLandlock {

  /// Looks at the kernel.
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return LeftOut.unless(
          Landlock.abi().holdsWrites(), "landlock", "the kernel has no Landlock 3");
    }
  }
}
