// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/// The programs of the machine that some tests run.
///
/// Tests that need one carry [NeedsEngine]. An absent engine leaves them out, unless the property
/// `redoubt.engines` is `required`: then they run and fail.
public final class Engines implements ExecutionCondition {

  static final String PROPERTY = "redoubt.engines";

  /// Returns the program called `name`.
  public static Path path(String name) {
    return find(name)
        .orElseThrow(() -> new AssertionError("engine \"%s\" is not on the PATH".formatted(name)));
  }

  /// Returns what a test throws when the engine `name` is on the PATH and yet of no use, npm
  /// without a network for example: it is left out, or fails where engines are required.
  public static RuntimeException missing(String name, String why) {
    if ("required".equals(System.getProperty(PROPERTY))) {
      throw new AssertionError(why);
    }
    LeftOut.note("engine " + name);
    return new TestAbortedException("left out: " + why);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> absent =
        context
            .getElement()
            .flatMap(element -> AnnotationSupport.findAnnotation(element, NeedsEngine.class))
            .filter(needed -> !isThere(needed))
            .map(NeedsEngine::value);
    return LeftOut.unless(
        absent.isEmpty(),
        absent.orElse("the engine"),
        "engine %s is not installed, or only root can start it".formatted(absent.orElse("")));
  }

  private static boolean isThere(NeedsEngine needed) {
    return find(needed.value()).isPresent()
        && switch (needed.right()) {
          case ANYBODY -> true;
          case ROOT -> "root".equals(System.getProperty("user.name"));
        };
  }

  private static Optional<Path> find(String name) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse(""))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
