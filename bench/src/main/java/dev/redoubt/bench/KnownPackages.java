// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.advisory.osv.Affected;
import dev.redoubt.advisory.osv.OsvRange;
import dev.redoubt.advisory.osv.OsvReader;
import dev.redoubt.advisory.osv.OsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Packages that an OSV export has something to say about, each at a version that is affected.
final class KnownPackages {

  private static final int MOST_BYTES = 16 << 20;

  private KnownPackages() {}

  /// Returns `count` different packages of npm out of `export`.
  static List<PackageLock.Pinned> sample(Path export, int count, long seed) throws IOException {
    Random random = new Random(seed);
    Map<String, PackageLock.Pinned> sample = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(export.toFile())) {
      List<ZipEntry> entries = new ArrayList<>(zip.stream().toList());
      while (sample.size() < count && !entries.isEmpty()) {
        ZipEntry entry = entries.remove(random.nextInt(entries.size()));
        try (InputStream in = zip.getInputStream(entry)) {
          OsvRecord record = OsvReader.read(in.readNBytes(MOST_BYTES), OsvReader.Syntax.JSON);
          for (Affected part : record.affected()) {
            if (part.coordinate().ecosystem().equals("npm")) {
              String name = part.coordinate().name();
              sample.putIfAbsent(name, new PackageLock.Pinned(name, affectedVersion(part)));
            }
          }
        }
      }
    }
    return sample.values().stream().limit(count).toList();
  }

  private static String affectedVersion(Affected part) {
    if (!part.versions().isEmpty()) {
      return part.versions().getFirst();
    }
    for (OsvRange range : part.ranges()) {
      for (OsvRange.Event event : range.events()) {
        boolean inside =
            event.kind() == OsvRange.Kind.LAST_AFFECTED || event.kind() == OsvRange.Kind.INTRODUCED;
        if (inside && !event.version().equals("0")) {
          return event.version();
        }
      }
    }
    return "1.0.0";
  }
}
