// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.cli.Call;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.Source;
import dev.redoubt.scan.extractors.BuiltInExtractors;
import dev.redoubt.scan.secrets.Fingerprints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a scan takes from this machine beyond what it was pointed at.
final class Machine {

  private Machine() {}

  /// Returns the configurations of this machine's own agents, nothing under `--no-machine`.
  static List<Source> sources(Call call, ScanLimits limits) {
    return List.of();
  }

  /// Returns the extractors, with what of this machine they may look at: the local repository of
  /// Maven, when there is one and unless `--no-machine` is given.
  static List<Extractor> extractors(Call call) {
    Optional<Path> repository =
        Optional.of(call.world().home().resolve(".m2").resolve("repository"))
            .filter(folder -> !call.has("--no-machine") && Files.isDirectory(folder));
    return BuiltInExtractors.all(Fingerprints.NONE, repository);
  }
}
