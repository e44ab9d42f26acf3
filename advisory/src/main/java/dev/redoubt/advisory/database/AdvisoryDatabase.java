// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import dev.redoubt.advisory.enrichment.Enrichment;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The compiled advisories of a data directory.
///
/// Files are opened when first asked for and kept, so one instance gives one consistent answer even
/// while an import publishes newer files. Safe to share.
public final class AdvisoryDatabase {

  static final String SUFFIX = ".advisories";

  private final Path folder;
  private final Enrichment enrichment;
  private final ConcurrentHashMap<String, Optional<EcosystemAdvisories>> opened =
      new ConcurrentHashMap<>();

  private AdvisoryDatabase(Path folder, Enrichment enrichment) {
    this.folder = folder;
    this.enrichment = enrichment;
  }

  /// Opens the database below `dataDir`; that nothing was imported yet is no error.
  ///
  /// @throws RedoubtException with code `ADVISORY_FILE` if an enrichment file is damaged
  public static AdvisoryDatabase open(Path dataDir) {
    Path folder = folder(dataDir);
    return new AdvisoryDatabase(folder, Enrichment.open(folder));
  }

  /// Returns the folder of the compiled files below `dataDir`.
  public static Path folder(Path dataDir) {
    return dataDir.resolve("advisories");
  }

  /// Returns the file of `ecosystem` in `folder`, whether it exists or not.
  public static Path file(Path folder, String ecosystem) {
    return folder.resolve(encoded(ecosystem) + SUFFIX);
  }

  /// Returns the advisories of `ecosystem`, or empty when none were ever imported for it: then
  /// nothing can be said about its packages.
  ///
  /// @throws RedoubtException with code `ADVISORY_FILE` if its file is damaged
  public Optional<EcosystemAdvisories> ecosystem(String ecosystem) {
    return opened.computeIfAbsent(
        ecosystem,
        name -> {
          Path file = file(folder, name);
          return Files.exists(file)
              ? Optional.of(new EcosystemAdvisories(AdvisoryFile.open(file), enrichment))
              : Optional.empty();
        });
  }

  /// Returns what is known about exploitation.
  public Enrichment enrichment() {
    return enrichment;
  }

  /// Returns the paths of all compiled advisory files in `folder`, sorted; none when it does not
  /// exist.
  public static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot list \"%s\": %s: check its permissions".formatted(folder, e.getMessage()),
          e);
    }
    files.sort(null);
    return files;
  }

  /* An ecosystem comes from a foreign record, so only plain characters reach the file system. */
  private static String encoded(String ecosystem) {
    StringBuilder name = new StringBuilder();
    for (byte b : ecosystem.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '-'
              || b == '_'
              || (b == '.' && !name.isEmpty());
      if (plain) {
        name.append((char) b);
      } else {
        name.append('%')
            .append(Character.forDigit((b >> 4) & 0xF, 16))
            .append(Character.forDigit(b & 0xF, 16));
      }
    }
    return name.toString();
  }
}
