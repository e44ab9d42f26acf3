// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.intake;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.AdvisoryFile;
import dev.redoubt.advisory.database.Draft;
import dev.redoubt.advisory.database.Source;
import dev.redoubt.advisory.files.AtomicFile;
import dev.redoubt.advisory.osv.Affected;
import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Imports OSV records into the compiled files of a data directory.
///
/// The ecosystem comes from each record. A source that was imported before is replaced, other
/// sources are kept; see [Draft] for whose copy of a record stands. Either every ecosystem of the
/// import is published or, when anything fails, none. One import at a time per data directory.
public final class AdvisoryImport {

  private static final int MAX_ECOSYSTEMS = 256;

  /* The licences that the databases behind these ids publish their records under. */
  private static final Map<String, String> LICENCES =
      Map.ofEntries(
          Map.entry("ALBA", "MIT"),
          Map.entry("ALEA", "MIT"),
          Map.entry("ALSA", "MIT"),
          Map.entry("DRUPAL", "MIT"),
          Map.entry("EEF", "CC-BY-4.0"),
          Map.entry("GHSA", "CC-BY-4.0"),
          Map.entry("GO", "CC-BY-4.0"),
          Map.entry("LWA", "CC0-1.0"),
          Map.entry("MAL", "Apache-2.0"),
          Map.entry("NSWG", "MIT"),
          Map.entry("PYSEC", "CC-BY-4.0"),
          Map.entry("RUSTSEC", "CC0-1.0"));

  private final Path folder;
  private final Clock clock;
  private final Bounds bounds;
  private final ImportProgress progress;

  public AdvisoryImport(Path dataDir, Clock clock, Bounds bounds, ImportProgress progress) {
    this.folder = AdvisoryDatabase.folder(dataDir);
    this.clock = clock;
    this.bounds = bounds;
    this.progress = progress;
  }

  /// What to import.
  ///
  /// @param path a zip archive, a folder or a single record
  /// @param source the name to keep it under; importing the same name again replaces it
  /// @param licence of the records, or null to take what they say themselves
  public record Request(Path path, String source, @Nullable String licence) {

    /// Returns a request that is named by its real path.
    ///
    /// @throws RedoubtException with code `UNREADABLE` if there is no such file
    public static Request of(Path path) {
      try {
        return new Request(path, path.toRealPath().toString(), null);
      } catch (IOException e) {
        throw new RedoubtException(
            ErrorCode.UNREADABLE,
            "cannot read \"%s\": %s: check the path".formatted(path, RedoubtException.reason(e)),
            e);
      }
    }
  }

  /// Imports `request` and publishes the result.
  ///
  /// @throws RedoubtException with code `UNREADABLE` or `ADVISORY_INPUT` if the input is no good,
  ///   `UNWRITABLE` if the data directory is not
  public ImportReport run(Request request) {
    try {
      Files.createDirectories(folder);
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (lock.tryLock() == null) {
          throw busy();
        }
        return runLocked(request);
      }
    } catch (OverlappingFileLockException e) {
      throw busy();
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot write to \"%s\": %s: choose another --data-dir"
              .formatted(folder, RedoubtException.reason(e)),
          e);
    }
  }

  private ImportReport runLocked(Request request) {
    Intake intake = new Intake(request.source());
    MessageDigest digest = sha256();
    new InputReader(bounds, progress, digest, intake).read(request.path());
    if (intake.drafts.isEmpty()) {
      throw new RedoubtException(
          ErrorCode.ADVISORY_INPUT,
          "\"%s\" holds no OSV record that names a package%s: give an OSV export, a folder of OSV files or one OSV file"
              .formatted(request.path(), intake.firstRejection()));
    }
    Instant imported = clock.instant();
    String sha256 = HexFormat.of().formatHex(digest.digest());
    intake.drafts.forEach((ecosystem, draft) -> {
      String licence = request.licence() == null ? intake.licence(ecosystem) : request.licence();
      draft.add(
          request.source(),
          intake.rejectedOf(ecosystem),
          imported,
          new Source.Origin(licence, sha256));
    });
    List<String> warnings = new ArrayList<>();
    Map<Path, Draft> changed = merge(request.source(), intake, warnings);
    List<ImportReport.Published> published = publish(changed, intake);
    return new ImportReport(
        request.source(),
        intake.records,
        intake.withoutPackage,
        intake.rejected.toRejected(),
        published,
        warnings);
  }

  /* Every file that has, or had, something of this source. */
  private Map<Path, Draft> merge(String source, Intake intake, List<String> warnings) {
    Map<Path, Draft> changed = new TreeMap<>();
    intake.drafts.forEach(
        (ecosystem, draft) -> changed.put(AdvisoryDatabase.file(folder, ecosystem), draft));
    for (Path path : AdvisoryDatabase.files(folder)) {
      AdvisoryFile existing;
      try {
        existing = AdvisoryFile.open(path);
      } catch (RedoubtException e) {
        if (changed.containsKey(path)) {
          warnings.add(
              "%s; it is written anew, and other sources of it have to be imported again"
                  .formatted(e.getMessage()));
        }
        continue;
      }
      boolean had = existing.sources().stream().anyMatch(known -> known.name().equals(source));
      if (had || changed.containsKey(path)) {
        changed
            .computeIfAbsent(path, _ -> new Draft(existing.ecosystem()))
            .addAllBut(source, existing);
      }
    }
    return changed;
  }

  private List<ImportReport.Published> publish(Map<Path, Draft> changed, Intake intake) {
    Map<Path, AtomicFile> staged = new TreeMap<>();
    List<ImportReport.Published> published = new ArrayList<>();
    try {
      long done = 0;
      for (Map.Entry<Path, Draft> entry : changed.entrySet()) {
        progress.at(entry.getValue().ecosystem(), done++, changed.size());
        if (!entry.getValue().isEmpty()) {
          staged.put(entry.getKey(), entry.getValue().stage(entry.getKey()));
        }
      }
      for (Map.Entry<Path, Draft> entry : changed.entrySet()) {
        AtomicFile file = staged.get(entry.getKey());
        if (file == null) {
          Files.deleteIfExists(entry.getKey());
          continue;
        }
        file.publish();
        String ecosystem = entry.getValue().ecosystem();
        published.add(
            new ImportReport.Published(
                ecosystem,
                intake.drafts.containsKey(ecosystem) ? entry.getValue().size(intake.source) : 0,
                entry.getValue().size(),
                Files.size(entry.getKey())));
      }
      return published;
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "cannot write to \"%s\": %s".formatted(folder, RedoubtException.reason(e)),
          e);
    } finally {
      staged.values().forEach(AtomicFile::close);
    }
  }

  private RedoubtException busy() {
    return new RedoubtException(
        ErrorCode.UNWRITABLE,
        "another import is writing to \"%s\": wait until it is done".formatted(folder));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new RedoubtException(ErrorCode.BUG, "the JDK has no SHA-256", e);
    }
  }

  /// What came in so far.
  private static final class Intake implements InputReader.Sink {

    private final String source;
    private final Map<String, Draft> drafts = new TreeMap<>();
    private final Map<String, Set<String>> ecosystemsByContainer = new TreeMap<>();
    private final Map<String, Tally> rejectedByContainer = new HashMap<>();
    private final Tally rejected = new Tally();
    private final Map<String, Set<String>> licences = new HashMap<>();
    private int records;
    private int withoutPackage;

    Intake(String source) {
      this.source = source;
    }

    @Override
    public void record(String container, OsvRecord record) {
      Set<String> ecosystems = new LinkedHashSet<>();
      for (Affected part : record.affected()) {
        ecosystems.add(part.coordinate().ecosystem());
      }
      records++;
      if (ecosystems.isEmpty()) {
        withoutPackage++;
        return;
      }
      for (String ecosystem : ecosystems) {
        if (!drafts.containsKey(ecosystem) && drafts.size() >= MAX_ECOSYSTEMS) {
          rejected(container, record.id(), "names one ecosystem more than the 256 allowed");
          continue;
        }
        drafts.computeIfAbsent(ecosystem, Draft::new).add(source, record);
        ecosystemsByContainer.computeIfAbsent(container, _ -> new LinkedHashSet<>()).add(ecosystem);
        String licence = LICENCES.get(prefix(record.id()));
        if (licence != null) {
          licences.computeIfAbsent(ecosystem, _ -> new TreeSet<>()).add(licence);
        }
      }
    }

    private static String prefix(String id) {
      int hyphen = id.indexOf('-');
      return hyphen < 0 ? id : id.substring(0, hyphen);
    }

    @Override
    public void rejected(String container, String entry, String reason) {
      rejected.add(entry, reason);
      rejectedByContainer.computeIfAbsent(container, _ -> new Tally()).add(entry, reason);
    }

    /* Which ecosystem an unreadable record is about nobody knows, so it counts for every one that
     * its neighbours in the archive name. */
    Source.Rejected rejectedOf(String ecosystem) {
      Tally tally = new Tally();
      rejectedByContainer.forEach((container, rejected) -> {
        Set<String> named = ecosystemsByContainer.getOrDefault(container, Set.of());
        if (named.isEmpty() || named.contains(ecosystem)) {
          tally.addAll(rejected);
        }
      });
      return tally.toRejected();
    }

    String firstRejection() {
      return rejected.first.isEmpty() ? "" : " (%s)".formatted(rejected.first.getFirst());
    }

    @Nullable String licence(String ecosystem) {
      Set<String> known = licences.getOrDefault(ecosystem, Set.of());
      return known.isEmpty() ? null : String.join(", ", known);
    }
  }

  private static final class Tally {

    private final List<String> first = new ArrayList<>();
    private int count;

    void add(String entry, String reason) {
      count++;
      if (first.size() < Source.Rejected.LISTED) {
        first.add(entry + ": " + reason);
      }
    }

    void addAll(Tally other) {
      count += other.count;
      for (String reason : other.first) {
        if (first.size() < Source.Rejected.LISTED) {
          first.add(reason);
        }
      }
    }

    Source.Rejected toRejected() {
      return new Source.Rejected(count, first);
    }
  }
}
