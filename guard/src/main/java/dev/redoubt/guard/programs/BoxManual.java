// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// `busybox` and `toybox` are many programs in one; the first argument says which.
record BoxManual(String name) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    List<Arg> arguments = call.arguments();
    if (arguments.isEmpty()) {
      return Reading.harmless("lists its programs", List.of());
    }
    if (arguments.getFirst() instanceof Arg.Known(String text) && text.startsWith("-")) {
      boolean shows =
          arguments.size() == 1
              && (text.equals("--list") || text.equals("--help") || text.equals("--list-full"));
      return shows
          ? Reading.harmless("lists its programs", List.of())
          : new Reading(Nature.CHANGES, name + " " + text + " may install programs", List.of());
    }
    return Reading.harmless("runs one of its programs", List.of(new Want.Command(arguments)));
  }
}
