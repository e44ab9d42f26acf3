// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.sandbox;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.sandbox.SandboxSettings.Writes;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.BackendSettings;
import dev.redoubt.sandbox.BuiltInBackends;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which backend an operator chose.
public final class SandboxChoice {

  /* Strongest first: what each holds is in docs/sandboxes.md. */
  private static final List<String> AUTO = List.of("bubblewrap", "landlock", "docker");

  private SandboxChoice() {}

  /// Returns the backend of `--sandbox`, or of the configuration. `auto` is the strongest one that
  /// works here, and never `local`.
  ///
  /// @throws UsageException if there is none of that name
  /// @throws RedoubtException NO_SANDBOX if it does not work here, with what to do
  public static Backend of(Call call, SandboxSettings settings) {
    String name = call.text("--sandbox").orElse(settings.backend());
    if (name.equals("auto")) {
      return strongest(settings);
    }
    Backend backend =
        BuiltInBackends.named(name, settings.backends())
            .orElseThrow(() ->
                new UsageException(
                    "there is no sandbox \"%s\": %s or auto".formatted(name, names())));
    return switch (backend.readiness()) {
      case Readiness.Ready _ -> backend;
      case Readiness.NotReady(String reason, String fix) ->
          throw new RedoubtException(
              ErrorCode.NO_SANDBOX,
              "the sandbox \"%s\" cannot start: %s\nfix: %s".formatted(name, reason, fix));
    };
  }

  /// Returns where writes go: as `--writes` says, or the configuration.
  ///
  /// @throws UsageException if it is neither mode
  public static Writes writes(Call call, SandboxSettings settings) {
    Optional<String> mode = call.text("--writes");
    return mode.isEmpty()
        ? settings.writes()
        : Writes.of(mode.get())
            .orElseThrow(() ->
                new UsageException(
                    "--writes \"%s\" is not direct or staged".formatted(mode.get())));
  }

  private static Backend strongest(SandboxSettings settings) {
    List<String> reasons = new ArrayList<>();
    for (String name : AUTO) {
      Backend backend = BuiltInBackends.named(name, settings.backends()).orElse(null);
      if (backend == null) {
        continue;
      }
      switch (backend.readiness()) {
        case Readiness.Ready _ -> {
          return backend;
        }
        case Readiness.NotReady(String reason, String fix) ->
            reasons.add("  %s: %s\n    fix: %s".formatted(name, reason, fix));
      }
    }
    throw new RedoubtException(
        ErrorCode.NO_SANDBOX,
        "no sandbox that isolates works here:\n%s".formatted(String.join("\n", reasons)));
  }

  /// Returns the names of all backends, for people.
  public static String names() {
    return String.join(
        ", ", BuiltInBackends.all(BackendSettings.NONE).stream().map(Backend::name).toList());
  }
}
