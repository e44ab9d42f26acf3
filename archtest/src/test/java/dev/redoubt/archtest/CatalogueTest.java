// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One id gives everything: class, test, samples and page.
class CatalogueTest {

  @Test
  void everyExtractorHasATestSamplesAndAPage() {
    assertThat(missing("extractors", Plugins.extractors())).isEmpty();
  }

  @Test
  void everyMatcherHasATestAndAPage() {
    assertThat(missing("matchers", Plugins.matchers())).isEmpty();
  }

  @Test
  void everyPageBelongsToAPlugin() throws IOException {
    assertThat(pages("extractors")).isEqualTo(ids(Plugins.extractors()));
    assertThat(pages("matchers")).isEqualTo(ids(Plugins.matchers()));
  }

  @Test
  void everyPluginClassIsInItsList() {
    Set<String> listed =
        Stream.concat(Plugins.extractors().stream(), Plugins.matchers().stream())
            .map(plugin -> plugin.getClass().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> written =
        Code.CLASSES.stream()
            .filter(type -> type.isAssignableTo(Plugin.class) && !type.isInterface())
            .map(type -> type.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).isEqualTo(written);
  }

  @Test
  void theIndexPageListsEveryPlugin() {
    String index = Code.text(Code.ROOT.resolve("docs/catalog/README.md"));
    assertThat(
            Stream.concat(Plugins.extractors().stream(), Plugins.matchers().stream())
                .map(plugin -> plugin.id().value())
                .filter(id -> !index.contains("[" + id + "]("))
                .toList())
        .as("run ./redoubt catalog --markdown > docs/catalog/README.md")
        .isEmpty();
  }

  @Test
  void theListsAreSortedById() {
    assertThat(Plugins.extractors().stream().map(plugin -> plugin.id().value()).toList())
        .isSorted();
  }

  private static List<String> missing(String kind, List<? extends Plugin> plugins) {
    List<String> missing = new ArrayList<>();
    for (Plugin plugin : plugins) {
      String type = plugin.getClass().getName().replace('.', '/');
      Path test = Code.ROOT.resolve("scan/src/test/java/" + type + "Test.java");
      Path page = Code.ROOT.resolve("docs/catalog/%s/%s.md".formatted(kind, plugin.id()));
      for (Path wanted : List.of(test, page)) {
        if (!Files.exists(wanted)) {
          missing.add(Code.ROOT.relativize(wanted).toString());
        }
      }
    }
    return missing;
  }

  private static Set<String> pages(String kind) throws IOException {
    try (Stream<Path> pages = Files.list(Code.ROOT.resolve("docs/catalog/" + kind))) {
      return pages
          .map(page -> page.getFileName().toString().replaceFirst("\\.md$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> ids(List<? extends Plugin> plugins) {
    return plugins.stream()
        .map(plugin -> plugin.id().value())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
