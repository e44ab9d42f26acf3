// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// `npx` and its kind: it fetches and runs any package, except when told not to fetch.
///
/// Sources: the page of `npx` of npm 10 on `--no`, which older ones write `--no-install`.
final class NpxManual implements Manual {

  private static final Set<String> NAMES = Set.of("bunx", "npx", "pipx", "pnpx", "uvx");

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of " + call.name(), List.of());
    }
    List<String> texts = Builds.texts(call.arguments());
    boolean local =
        call.name().equals("npx")
            && texts.size() > 1
            && (texts.getFirst().equals("--no") || texts.getFirst().equals("--no-install"))
            && !texts.get(1).startsWith("-");
    if (local) {
      List<Arg> argv = call.arguments().subList(1, call.arguments().size());
      return Builds.runs("runs a program of the workspace's packages", argv);
    }
    return new Reading(Nature.CHANGES, call.name() + " can fetch and run any package", List.of());
  }
}
