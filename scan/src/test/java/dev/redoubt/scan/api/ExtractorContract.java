// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.Source;
import dev.redoubt.testkit.Golden;
import dev.redoubt.testkit.Hostile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What every extractor must do, whatever it reads.
///
/// A subclass gives the extractor and a path that it wants. Its samples are the folders
/// `src/test/resources/<TestClass>/<case>/`: each is a small project; all files in it that the
/// extractor wants are read, and the result must equal `expected.json` there (rewrite with
/// `-Dgolden=update`).
public abstract class ExtractorContract {

  @TempDir Path folder;

  /// Returns the extractor under test.
  protected abstract Extractor extractor();

  /// Returns a path it wants, in the manner of `Cargo.lock`.
  protected abstract String wantedPath();

  @Test
  void theIdNamesTheClass() {
    String[] words = extractor().id().value().split("-", -1);
    StringBuilder name = new StringBuilder();
    for (String word : words) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    assertThat(extractor().getClass().getSimpleName()).isEqualToIgnoringCase(name + "Extractor");
  }

  @Test
  void theWantedPathIsWantedAndAnotherIsNot() {
    assertThat(extractor().wants(new FileEntry(wantedPath(), 10))).isTrue();
    assertThat(extractor().wants(new FileEntry("src/main.c", 10))).isFalse();
  }

  @Test
  void itIsDocumentedInTheCatalogue() {
    Path page =
        Path.of(System.getProperty("redoubt.root"))
            .resolve("docs/catalog/extractors/" + extractor().id() + ".md");
    assertThat(page).exists();
  }

  @TestFactory
  Stream<DynamicTest> hostileInputEndsSoonInAGapOrNothing() {
    return Hostile.inputs().entrySet().stream()
        .map(input -> dynamicTest(input.getKey(), () -> survives(input.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> samplesGiveWhatIsExpected() throws IOException {
    Path samples = Path.of("src/test/resources").resolve(getClass().getSimpleName());
    List<Path> cases;
    try (Stream<Path> children = Files.list(samples)) {
      cases = children.filter(Files::isDirectory).sorted().toList();
    }
    assertThat(cases).isNotEmpty();
    return cases.stream()
        .map(sample -> dynamicTest(sample.getFileName().toString(), () -> sampleMatches(sample)));
  }

  private void sampleMatches(Path sample) throws IOException {
    String first = ExtractionJson.of(extractAll(sample));
    assertThat(ExtractionJson.of(extractAll(sample))).as("same output twice").isEqualTo(first);
    Golden.check(first, getClass().getSimpleName() + "/" + sample.getFileName() + "/expected.json");
  }

  private void survives(byte[] content) throws IOException {
    Path file = folder.resolve(wantedPath());
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          try {
            List<Extraction> extractions = extractAll(folder);
            assertThat(extractions).hasSize(1);
          } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        });
  }

  private List<Extraction> extractAll(Path root) throws IOException {
    Source source = FileTree.of(root, ScanLimits.DEFAULT);
    List<Extraction> extractions = new ArrayList<>();
    for (FileEntry entry : source.list().files()) {
      if (extractor().wants(entry) && !entry.name().equals("expected.json")) {
        extractions.add(extractor().extract(source.open(entry)));
      }
    }
    return extractions;
  }

  /// Returns what the extractor under test makes of one file at its wanted path.
  protected Extraction extract(String content) throws IOException {
    return extract(Map.of(wantedPath(), content));
  }

  /// Returns what the extractor under test makes of the file at its wanted path, with others beside
  /// it.
  protected Extraction extract(Map<String, String> contents) throws IOException {
    for (Map.Entry<String, String> content : contents.entrySet()) {
      Path file = folder.resolve(content.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, content.getValue().getBytes(UTF_8));
    }
    Source source = FileTree.of(folder, ScanLimits.DEFAULT);
    for (FileEntry entry : source.list().files()) {
      if (entry.path().equals(wantedPath())) {
        return extractor().extract(source.open(entry));
      }
    }
    throw new AssertionError(wantedPath() + " is not among the files");
  }
}
