// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stops;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Lets nothing pass that is stopped, in either direction, answers included.
public final class StopFilter implements Filter {

  private final Stops stops;
  private final Supplier<List<Stops.Target>> targets;

  /// @param targets what this relay stands for, everything included, asked anew for each message
  public StopFilter(Stops stops, Supplier<List<Stops.Target>> targets) {
    this.stops = requireNonNull(stops, "stops");
    this.targets = requireNonNull(targets, "targets");
  }

  @Override
  public String name() {
    return "stops";
  }

  @Override
  public Ruling judge(Passing passing, Upstream upstream) {
    Optional<Stops.Target> stopped = stops.stopped(targets.get());
    if (stopped.isEmpty()) {
      return Ruling.PASSES;
    }
    String what =
        stopped.get().equals(Stops.Target.ALL)
            ? "everything is stopped"
            : "the %s \"%s\" is stopped".formatted(stopped.get().kind(), stopped.get().name());
    return new Ruling.Blocks("relay.stopped", what);
  }
}
