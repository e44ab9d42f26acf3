// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainJarsTest {

  private static final LocalDateTime THEN = LocalDateTime.of(2026, 1, 1, 0, 0);

  @TempDir Path folder;

  @Test
  void aJarKeepsItsEntriesTheirOrderAndTheirTimes() throws IOException {
    Path jar = jar("redoubt-sample.jar");
    PlainJars.main(new String[] {folder.toString()});

    try (ZipFile file = new ZipFile(jar.toFile())) {
      assertThat(file.stream().map(ZipEntry::getName))
          .containsExactly("META-INF/MANIFEST.MF", "dev/redoubt/image/Sample.class", "a.txt");
      assertThat(file.stream().map(ZipEntry::getTimeLocal)).containsOnly(THEN);
      assertThat(file.getInputStream(file.getEntry("a.txt")).readAllBytes())
          .isEqualTo("text".getBytes(UTF_8));
      assertThat(
              file.getInputStream(file.getEntry("dev/redoubt/image/Sample.class")).readAllBytes())
          .isNotEqualTo(sample());
    }
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(jar);
    }
  }

  @Test
  void theSameJarBecomesTheSameBytes() throws IOException {
    Path one = jar("redoubt-one.jar");
    Path two = jar("redoubt-two.jar");
    PlainJars.main(new String[] {folder.toString()});

    assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
  }

  @Test
  void otherJarsAreLeftAlone() throws IOException {
    Path jar = jar("other.jar");
    byte[] before = Files.readAllBytes(jar);
    PlainJars.main(new String[] {folder.toString()});

    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
  }

  private Path jar(String name) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      add(out, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n".getBytes(UTF_8));
      add(out, "dev/redoubt/image/Sample.class", sample());
      add(out, "a.txt", "text".getBytes(UTF_8));
    }
    return jar;
  }

  private static void add(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(THEN);
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  private static byte[] sample() throws IOException {
    try (var in = PlainJarsTest.class.getResourceAsStream("Sample.class")) {
      return in.readAllBytes();
    }
  }
}
