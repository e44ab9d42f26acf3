// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// A program that is known to change, execute or connect in so many ways that every call of it is a
/// question, except for its version.
///
/// @param reason why, for people
record AskManual(Set<String> names, String reason) implements Manual {

  AskManual {
    names = Set.copyOf(names);
  }

  @Override
  public Reading read(Call call) {
    if (isVersion(call.arguments()) || isVersionVerb(call)) {
      return version(call.name());
    }
    return new Reading(Nature.CHANGES, reason, List.of());
  }

  /// Returns the reading of a call of `name` that only asks for the version.
  ///
  /// `rust-toolchain.toml` and `global.json` can name the program that answers.
  static Reading version(String name) {
    return switch (name) {
      case "dotnet", "rustc", "rustfmt" ->
          Builds.here(new Reading(Nature.BUILD, "runs what the workspace names", List.of()));
      default -> Reading.harmless("shows the version of " + name, List.of());
    };
  }

  /// Some have a verb for it; the one of `kubectl` asks the cluster too unless told not to.
  private static boolean isVersionVerb(Call call) {
    String words = String.join(" ", Builds.texts(call.arguments()));
    return switch (call.name()) {
      case "helm", "terraform", "tofu" -> words.equals("version");
      case "kubectl", "oc" -> words.equals("version --client");
      default -> false;
    };
  }

  /// Returns whether the only argument asks for the version or the help.
  static boolean isVersion(List<Arg> arguments) {
    return arguments.size() == 1
        && arguments.getFirst() instanceof Arg.Known(String text)
        && (text.equals("--version") || text.equals("--help"));
  }
}
