// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Namespaces of Linux with mounts and network cards of their own, which a test may change.
///
/// Tests that need them carry [NeedsNamespaces]. A machine or user that cannot make them leaves
/// these out, unless the property `redoubt.engines` is `required`: then they run and fail.
public final class Namespaces implements ExecutionCondition {

  private static final List<List<String>> WAYS =
      List.of(List.of("unshare", "-mn"), List.of("unshare", "-rmn"));

  /// Returns the command line that runs `command` with mounts and network cards of its own, as root
  /// of these.
  public static List<String> around(List<String> command) {
    for (List<String> way : WAYS) {
      if (works(way)) {
        return both(way, command);
      }
    }
    throw new AssertionError("no namespaces can be made: neither " + WAYS + " works here");
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return LeftOut.unless(
        WAYS.stream().anyMatch(Namespaces::works), "namespaces", "namespaces cannot be made here");
  }

  /* Making a mount is what is needed, and what some containers forbid though they give the rest. */
  private static boolean works(List<String> way) {
    List<String> tried = List.of("sh", "-c", "mount -t tmpfs none /tmp && ip link set lo up");
    try {
      Process process =
          new ProcessBuilder(both(way, tried))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> both(List<String> way, List<String> command) {
    List<String> all = new ArrayList<>(way);
    all.addAll(command);
    return all;
  }
}
