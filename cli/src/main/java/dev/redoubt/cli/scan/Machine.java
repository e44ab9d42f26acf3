// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.cli.Call;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.MachinePaths;
import dev.redoubt.scan.engine.MachineSource;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.Source;
import dev.redoubt.scan.extractors.BuiltInExtractors;
import dev.redoubt.scan.extractors.agents.AgentPlaces;
import dev.redoubt.secrets.Fingerprints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a scan takes from this machine beyond what it was pointed at.
public final class Machine {

  private Machine() {}

  /// Returns the configurations of this machine's own agents, nothing under `--no-machine` or when
  /// no variable names a home.
  static List<Source> sources(Call call, ScanLimits limits) {
    boolean homeless =
        call.world().variable("HOME", call.world().variable("USERPROFILE", "")).isEmpty();
    if (homeless || call.has("--no-machine")) {
      return List.of();
    }
    MachinePaths paths =
        AgentPlaces.of(
            call.world().home().toAbsolutePath().normalize(),
            call.world().environment(),
            system(System.getProperty("os.name", "")));
    return List.of(new MachineSource(paths, limits));
  }

  /// Returns the system that calls itself `name`.
  public static AgentPlaces.OperatingSystem system(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("windows")) {
      return AgentPlaces.OperatingSystem.WINDOWS;
    }
    return lower.startsWith("mac")
        ? AgentPlaces.OperatingSystem.MACOS
        : AgentPlaces.OperatingSystem.LINUX;
  }

  /// Returns the extractors, with what of this machine they may look at: the local repository of
  /// Maven, when there is one and unless `--no-machine` is given, and the key of secrets'
  /// fingerprints unless the output is to be the same on every machine.
  static List<Extractor> extractors(Call call) {
    Optional<Path> repository =
        Optional.of(call.world().home().resolve(".m2").resolve("repository"))
            .filter(folder -> !call.has("--no-machine") && Files.isDirectory(folder));
    Fingerprints fingerprints =
        call.has("--reproducible") || call.has("--demo")
            ? Fingerprints.NONE
            : FingerprintKey.in(call.globals().dataDir());
    return BuiltInExtractors.all(fingerprints, repository);
  }
}
