// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Component;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanEngine;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.ScanProgress;
import dev.redoubt.scan.engine.ScanResult;
import dev.redoubt.scan.extractors.javascript.NpmPackageLockExtractor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageLockTest {

  private static final PackageLock.Pinned PINNED = new PackageLock.Pinned("left-pad", "1.3.0");

  @TempDir Path folder;

  @Test
  void theExtractorReadsEveryPackageWithoutAGap() throws IOException {
    Files.writeString(
        folder.resolve("package-lock.json"),
        PackageLock.text(3_000, List.of(PINNED), 1),
        StandardCharsets.UTF_8);

    ScanResult result = scan();

    List<Component> components = result.inventory().components();
    assertThat(result.gaps()).isEmpty();
    assertThat(components).hasSize(3_000);
    assertThat(components)
        .extracting(one -> one.purl().toString())
        .contains("pkg:npm/left-pad@1.3.0");
    assertThat(components).filteredOn(one -> one.scope() == Scope.DEV).hasSizeBetween(300, 2_500);
    assertThat(components)
        .filteredOn(one -> one.relation() == Relation.DIRECT)
        .hasSizeBetween(50, 300);
    assertThat(components).filteredOn(one -> !one.dependsOn().isEmpty()).hasSizeGreaterThan(800);
  }

  @Test
  void theSameSeedGivesTheSameText() {
    assertThat(PackageLock.text(50, List.of(PINNED), 7))
        .isEqualTo(PackageLock.text(50, List.of(PINNED), 7))
        .isNotEqualTo(PackageLock.text(50, List.of(PINNED), 8));
  }

  @Test
  void aTreeHasTheFilesAskedFor() throws IOException {
    SourceTree.write(folder, 450, 3);

    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(450);
    }
    assertThat(scan().inventory().components()).hasSize(60);
  }

  private ScanResult scan() {
    return new ScanEngine(List.of(new NpmPackageLockExtractor()), List.of(), List.of())
        .scan(List.of(FileTree.of(folder, ScanLimits.DEFAULT)), ScanProgress.NONE);
  }
}
