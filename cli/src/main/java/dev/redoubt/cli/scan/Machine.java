// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.cli.Call;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.Source;
import dev.redoubt.scan.extractors.BuiltInExtractors;
import java.util.List;

/// What a scan takes from this machine beyond what it was pointed at.
final class Machine {

  private Machine() {}

  /// Returns the configurations of this machine's own agents, nothing under `--no-machine`.
  static List<Source> sources(Call call, ScanLimits limits) {
    return List.of();
  }

  /// Returns the extractors, with what of this machine they may look at.
  static List<Extractor> extractors(Call call) {
    return BuiltInExtractors.all();
  }
}
