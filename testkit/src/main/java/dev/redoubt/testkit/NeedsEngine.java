// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks a test class or method that runs a program of the machine, in the manner of `chromium`.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Engines.class)
public @interface NeedsEngine {

  /// The name of the program on the PATH.
  String value();

  /// Who can start it.
  Right right() default Right.ANYBODY;

  /// Who can start a program.
  enum Right {
    ANYBODY,
    /// Root alone: for everybody else it counts as absent.
    ROOT
  }
}
