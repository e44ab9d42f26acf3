// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.AdvisoryFile;
import dev.redoubt.advisory.enrichment.Enrichment;
import dev.redoubt.model.RedoubtException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Everything in the advisory folder, the damaged beside the good.
///
/// @param folder where the files lie
/// @param files that can be used, sorted by name
/// @param enrichment KEV and EPSS; without a damaged one
/// @param damaged why a file cannot be used, one message each
record DbFiles(Path folder, List<AdvisoryFile> files, Enrichment enrichment, List<String> damaged) {

  static DbFiles open(Path dataDir) {
    Path folder = AdvisoryDatabase.folder(dataDir);
    List<AdvisoryFile> files = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (Path path : AdvisoryDatabase.files(folder)) {
      try {
        files.add(AdvisoryFile.open(path));
      } catch (RedoubtException e) {
        damaged.add(e.getMessage());
      }
    }
    Enrichment enrichment = Enrichment.none();
    try {
      enrichment = Enrichment.open(folder);
    } catch (RedoubtException e) {
      damaged.add(e.getMessage());
    }
    return new DbFiles(folder, files, enrichment, damaged);
  }
}
