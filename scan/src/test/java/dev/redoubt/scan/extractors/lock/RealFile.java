// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.lock;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Component;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.Source;
import dev.redoubt.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/// What an extractor makes of one file of the shared test data, as counts that a second reader can
/// be asked for.
public record RealFile(long packages, long direct, long edges, long gaps) {

  /// Returns the counts for `project`, a path below `projects/`; a file that is refused as a whole
  /// counts as one gap.
  public static RealFile of(Extractor extractor, String project) throws IOException {
    Path file = SharedData.path("projects/" + project);
    Source source = FileTree.of(file, ScanLimits.DEFAULT);
    FileEntry entry = source.list().files().getFirst();
    if (!extractor.wants(entry)) {
      throw new AssertionError("\"%s\" does not want \"%s\"".formatted(extractor.id(), project));
    }
    try {
      Extraction extraction = extractor.extract(source.open(entry));
      return new RealFile(
          packages(extraction, _ -> true),
          packages(extraction, it -> it.relation() == Relation.DIRECT),
          edges(extraction),
          extraction.gaps().size());
    } catch (DocumentException _) {
      return new RealFile(0, 0, 0, 1);
    }
  }

  private static long edges(Extraction extraction) {
    return extraction.inventory().components().stream()
        .flatMap(it -> it.dependsOn().stream().map(to -> it.purl() + " " + to))
        .distinct()
        .count();
  }

  private static long packages(Extraction extraction, Predicate<Component> wanted) {
    return extraction.inventory().components().stream()
        .filter(wanted)
        .map(Component::purl)
        .distinct()
        .count();
  }
}
