// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanEngineTest {

  private static final Purl PURL = Purl.of("npm", null, "a", "1.0.0");

  @TempDir Path root;

  @BeforeEach
  void oneFile() throws IOException {
    Files.writeString(root.resolve("x.lock"), "x");
  }

  @Test
  void anExtractorThatCannotReadAFileLeavesAGapWithLineAndHint() {
    ScanResult result =
        scan(file -> {
          throw new DocumentException(7, "is not JSON", "correct the file");
        });

    assertThat(result.gaps())
        .containsExactly(new Gap("x.lock", 7, "is not JSON", "correct the file"));
    assertThat(result.read()).isEmpty();
  }

  @Test
  void anExtractorThatBreaksCostsItsOwnResultOnly() {
    ScanEngine engine =
        new ScanEngine(
            List.of(
                new FakeExtractor(file -> {
                  throw new IllegalStateException("broken");
                }),
                new FakeExtractor(_ -> found(Scope.PROD, Relation.DIRECT))),
            List.of(),
            List.of());

    ScanResult result = engine.scan(sources(), ScanProgress.NONE);

    assertThat(result.inventory().components()).hasSize(1);
    assertThat(result.gaps())
        .containsExactly(
            new Gap(
                "x.lock",
                null,
                "fake failed: IllegalStateException",
                "please report it, with the file if you can share it"));
  }

  @Test
  void anExtractorThatRecursesWithoutEndIsAGap() {
    assertThat(scan(ScanEngineTest::recurse).gaps())
        .containsExactly(
            new Gap(
                "x.lock",
                null,
                "fake failed: StackOverflowError",
                "please report it, with the file if you can share it"));
  }

  @Test
  void aMatcherThatBreaksIsAGap() {
    Matcher broken =
        new Matcher() {
          @Override
          public PluginId id() {
            return new PluginId("broken");
          }

          @Override
          public Matches match(dev.redoubt.model.Inventory inventory) {
            throw new IllegalStateException("broken");
          }
        };

    assertThat(
            new ScanEngine(List.of(), List.of(), List.of(broken))
                .scan(sources(), ScanProgress.NONE)
                .gaps())
        .containsExactly(
            new Gap(null, null, "broken failed: IllegalStateException", "please report it"));
  }

  @Test
  void componentsAreOneAPurlAndTheStrongerWordStands() {
    ScanEngine engine =
        new ScanEngine(
            List.of(
                new FakeExtractor(_ -> found(Scope.DEV, Relation.DIRECT)),
                new FakeExtractor(_ -> found(Scope.PROD, Relation.TRANSITIVE))),
            List.of(),
            List.of());

    assertThat(engine.scan(sources(), ScanProgress.NONE).inventory().components())
        .containsExactly(
            new Component(
                PURL,
                Scope.PROD,
                Relation.DIRECT,
                List.of(new Location("x.lock", 1)),
                List.of(new Hash("sha1", "00")),
                List.of()));
  }

  private ScanResult scan(FakeExtractor.Body body) {
    return new ScanEngine(List.of(new FakeExtractor(body)), List.of(), List.of())
        .scan(sources(), ScanProgress.NONE);
  }

  private List<Source> sources() {
    return List.of(FileTree.of(root, ScanLimits.DEFAULT));
  }

  private static Extraction found(Scope scope, Relation relation) {
    return Extraction.of(
        List.of(
            new Component(
                PURL,
                scope,
                relation,
                List.of(new Location("x.lock", 1)),
                List.of(new Hash("sha1", "00")),
                List.of())),
        List.of());
  }

  @SuppressWarnings("InfiniteRecursion")
  private static Extraction recurse(SourceFile file) throws IOException {
    return recurse(file);
  }

  private record FakeExtractor(Body body) implements Extractor {

    interface Body {
      Extraction extract(SourceFile file) throws IOException;
    }

    @Override
    public PluginId id() {
      return new PluginId("fake");
    }

    @Override
    public boolean wants(FileEntry file) {
      return file.name().endsWith(".lock");
    }

    @Override
    public Extraction extract(SourceFile file) throws IOException {
      return body.extract(file);
    }
  }
}
