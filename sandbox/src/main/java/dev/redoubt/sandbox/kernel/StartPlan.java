// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// What happens to a process before it becomes the command.
///
/// With rules or a filter it also gives up new privileges and all capabilities but the one of root
/// to work in folders of others, for good and with all it starts.
///
/// @param keeper who ends it when Redoubt ends
/// @param report where it says what it could not do
/// @param limits what it may use
/// @param rules what it may reach; everything that the user may when empty
/// @param filter which calls of the kernel it may make; all when empty
/// @param layer whether the rules are all that holds
public record StartPlan(
    Keeper keeper,
    Report report,
    List<ProcessLimit> limits,
    Optional<LandlockRules> rules,
    Optional<SeccompFilter> filter,
    Layer layer) {

  public StartPlan {
    requireNonNull(keeper, "keeper");
    requireNonNull(report, "report");
    limits = List.copyOf(limits);
    requireNonNull(rules, "rules");
    requireNonNull(filter, "filter");
    requireNonNull(layer, "layer");
  }

  /// Returns a plan with nothing in it but limits.
  public static StartPlan of(Keeper keeper, Report report, List<ProcessLimit> limits) {
    return new StartPlan(keeper, report, limits, Optional.empty(), Optional.empty(), Layer.WALL);
  }

  /// Returns the same plan behind `wall` and, for system calls, `filter`.
  public StartPlan behind(Optional<LandlockRules> wall, Optional<SeccompFilter> filtered) {
    return new StartPlan(keeper, report, limits, wall, filtered, layer);
  }

  /// Returns the same plan behind `wall` where the kernel has Landlock 3, and without it elsewhere:
  /// for a process that another wall holds already. Nothing later versions know is asked for.
  public StartPlan secondLayer(LandlockRules wall) {
    return new StartPlan(keeper, report, limits, Optional.of(wall), filter, Layer.SECOND);
  }

  /// Whether rules are all that holds.
  public enum Layer {
    /// Without them nothing is started.
    WALL,
    /// Another wall holds without them.
    SECOND
  }

  /// Who ends a command when Redoubt ends, in whatever way.
  public sealed interface Keeper {

    /// A small process between Redoubt and the command. It adopts every orphan of the command, ends
    /// everything when the command ends, when it is told to (SIGTERM) or when Redoubt is gone, and
    /// reports what was used. The command leads a session of its own and can have a terminal.
    ///
    /// @param parent the process that starts it, which is this one
    record Supervisor(long parent) implements Keeper {}

    /// The kernel, which kills the command alone when the thread that started it ends.
    ///
    /// @param parent the process that starts it, which is this one
    record Kernel(long parent) implements Keeper {}

    /// Whoever is around it: a namespace that ends as a whole.
    record Surroundings() implements Keeper {}
  }

  /// Where a report goes. No command gets at it.
  public sealed interface Report {

    /// A new file, named at each start.
    record File() implements Report {}

    /// A descriptor that is open for writing and is closed before the command begins. Where it is
    /// not open, nothing is said.
    record Descriptor(int number) implements Report {}
  }
}
