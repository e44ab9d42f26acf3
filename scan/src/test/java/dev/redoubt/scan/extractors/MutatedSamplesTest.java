// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.Listing;
import dev.redoubt.scan.engine.ScanEngine;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.ScanProgress;
import dev.redoubt.scan.engine.Source;
import dev.redoubt.scan.matchers.BuiltInMatchers;
import dev.redoubt.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every extractor and matcher makes of its own samples after one file of them was bent: a
/// result or a gap that names the flaw, never an exception.
class MutatedSamplesTest {

  private static final int RUNS = Integer.getInteger("mutations", 4_000);

  private final List<Extractor> extractors = BuiltInExtractors.all();

  @Test
  void noPluginBreaksOnABentSample() throws IOException {
    List<Sample> samples = samples();
    ScanEngine engine = new ScanEngine(extractors, List.of(), BuiltInMatchers.all());
    Seeded.check(
        RUNS,
        random -> {
          Sample sample = Seeded.pick(random, samples);
          String content = new Mutation(random).of(sample.content);
          List<Gap> gaps =
              engine.scan(List.of(new Bent(sample, content)), ScanProgress.NONE).gaps();
          assertThat(gaps)
              .as(() -> "%s of %s:%n%s".formatted(sample.path, sample.folder, content))
              .noneMatch(gap -> gap.reason().contains(" failed: "));
        });
  }

  private List<Sample> samples() throws IOException {
    List<Path> cases;
    try (Stream<Path> folders =
        Files.find(Path.of("src/test/resources"), 2, (path, _) -> isCase(path))) {
      cases = folders.sorted().toList();
    }
    List<Sample> samples = new ArrayList<>();
    for (Path folder : cases) {
      FileTree tree = FileTree.of(folder, ScanLimits.DEFAULT);
      for (FileEntry entry : tree.list().files()) {
        if (!entry.name().equals("expected.json")) {
          String content = new String(tree.open(entry).bytes(), UTF_8);
          samples.add(new Sample(folder, tree, entry.path(), content));
        }
      }
    }
    assertThat(samples).hasSizeGreaterThan(100);
    return samples;
  }

  private static boolean isCase(Path path) {
    return Files.isDirectory(path) && path.getParent().toString().endsWith("ExtractorTest");
  }

  private record Sample(Path folder, FileTree tree, String path, String content) {}

  /// A sample project with another content in one of its files.
  private record Bent(Sample sample, String content) implements Source {

    @Override
    public Listing list() {
      Listing real = sample.tree.list();
      return new Listing(
          real.files().stream().filter(file -> !file.name().equals("expected.json")).toList(),
          real.unreadable(),
          real.gaps(),
          real.skipped());
    }

    @Override
    public SourceFile open(FileEntry entry) {
      return new BentFile(this, sample.tree.open(entry));
    }
  }

  private record BentFile(Bent source, SourceFile real) implements SourceFile {

    @Override
    public FileEntry entry() {
      return real.entry();
    }

    @Override
    public byte[] bytes() throws IOException {
      return isBent() ? source.content.getBytes(UTF_8) : real.bytes();
    }

    @Override
    public String text() throws IOException {
      return isBent() ? new String(bytes(), UTF_8) : real.text();
    }

    @Override
    public Optional<SourceFile> sibling(String relative) {
      return real.sibling(relative).map(file -> new BentFile(source, file));
    }

    @Override
    public List<String> siblings() {
      return real.siblings();
    }

    @Override
    public List<String> siblings(String relative) {
      return real.siblings(relative);
    }

    private boolean isBent() {
      return real.entry().path().equals(source.sample.path);
    }
  }
}
