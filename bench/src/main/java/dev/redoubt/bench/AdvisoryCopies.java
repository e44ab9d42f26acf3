// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Multiplies an OSV export: each copy has ids and packages of its own and is otherwise the same.
final class AdvisoryCopies {

  private static final Limits LIMITS = new Limits(16L << 20, 64, 1_000_000);

  private static final Pattern NAMED =
      Pattern.compile("(\"ecosystem\"\\s*:\\s*\"[^\"]*\"\\s*,\\s*\"name\"\\s*:\\s*\")([^\"]+)(\")");

  private AdvisoryCopies() {}

  /// Writes `copies` copies of the records in `export` to `target`, the original being the first.
  ///
  /// @return how many records were written
  static int write(Path export, Path target, int copies, long seed) throws IOException {
    int written = 0;
    try (ZipFile in = new ZipFile(export.toFile());
        ZipOutputStream out =
            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
      List<? extends ZipEntry> entries =
          in.stream().filter(entry -> entry.getName().endsWith(".json")).toList();
      for (int copy = 0; copy < copies; copy++) {
        Renaming renaming = new Renaming(copy, seed);
        for (ZipEntry entry : entries) {
          byte[] record;
          try (InputStream bytes = in.getInputStream(entry)) {
            record = bytes.readNBytes((int) LIMITS.bytes());
          }
          String name = entry.getName().substring(0, entry.getName().length() - ".json".length());
          ZipEntry next = new ZipEntry(renaming.id(name) + ".json");
          next.setTime(0);
          out.putNextEntry(next);
          out.write(renamed(record, renaming).getBytes(StandardCharsets.UTF_8));
          out.closeEntry();
          written++;
        }
      }
    }
    return written;
  }

  /// Returns `record` with the names of `renaming` in its fields and its summary.
  static String renamed(byte[] record, Renaming renaming) throws DocumentException {
    Node root = Json.read(record, LIMITS);
    Map<String, String> replaced = new LinkedHashMap<>();
    Set<String> ids = new LinkedHashSet<>();
    root.text("id").ifPresent(ids::add);
    root.items("aliases").forEach(alias -> alias.scalar().ifPresent(ids::add));
    ids.forEach(id -> replaced.put("\"" + id + "\"", "\"" + renaming.id(id) + "\""));
    for (Node part : root.items("affected")) {
      part.get("package")
          .flatMap(named -> named.text("name"))
          .ifPresent(name -> {
            replaced.put(" in " + name + " (", " in " + renaming.name(name) + " (");
            replaced.put("pkg:npm/" + name + "\"", "pkg:npm/" + renaming.name(name) + "\"");
          });
    }
    String text =
        NAMED
            .matcher(new String(record, StandardCharsets.UTF_8))
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    found.group(1) + renaming.name(found.group(2)) + found.group(3)));
    for (Map.Entry<String, String> change : replaced.entrySet()) {
      text = text.replace(change.getKey(), change.getValue());
    }
    return text;
  }
}
