// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.DocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryCopiesTest {

  private static final String RECORD =
      """
      {"id":"MAL-2024-17","aliases":["GHSA-2222-3333-4444"],"summary":"Malicious code in name (npm)",
      "affected":[{"package":{"ecosystem":"npm","name":"name"}}]}\
      """;

  @TempDir Path folder;

  @Test
  void theFirstCopyIsTheOriginal() throws DocumentException {
    assertThat(renamed(0)).isEqualTo(RECORD);
  }

  @Test
  void aLaterCopyKeepsTheShapeAndRenamesIdsAndPackages() throws DocumentException {
    String copy = renamed(2);

    assertThat(copy)
        .hasSameSizeAs(RECORD)
        .startsWith("{\"id\":\"MAL-2224-17\",")
        .contains("\"ecosystem\":\"npm\",\"name\":\"")
        .doesNotContain("\"name\":\"name\"", "in name (", "GHSA-2222-3333-4444");
  }

  @Test
  void twoRunsWriteTheSameBytes() throws IOException {
    Path export = export("MAL-2024-17.json");

    int written = AdvisoryCopies.write(export, folder.resolve("a.zip"), 3, 5);
    AdvisoryCopies.write(export, folder.resolve("b.zip"), 3, 5);

    assertThat(written).isEqualTo(3);
    assertThat(folder.resolve("a.zip")).hasSameBinaryContentAs(folder.resolve("b.zip"));
    assertThat(names(folder.resolve("a.zip")))
        .containsExactly("MAL-2024-17.json", "MAL-2124-17.json", "MAL-2224-17.json");
  }

  @Test
  void aKnownPackageIsTakenFromTheExport() throws IOException {
    assertThat(KnownPackages.sample(export("MAL-2024-17.json"), 5, 1))
        .containsExactly(new PackageLock.Pinned("name", "1.0.0"));
  }

  private static String renamed(int copy) throws DocumentException {
    return AdvisoryCopies.renamed(RECORD.getBytes(StandardCharsets.UTF_8), new Renaming(copy, 1));
  }

  private Path export(String name) throws IOException {
    Path export = folder.resolve("export.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(export))) {
      out.putNextEntry(new ZipEntry(name));
      out.write(RECORD.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    return export;
  }

  private static List<String> names(Path zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      file.stream().forEach(entry -> names.add(entry.getName()));
    }
    return names;
  }
}
