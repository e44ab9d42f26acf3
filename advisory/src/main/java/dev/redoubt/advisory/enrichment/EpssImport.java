// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.enrichment;

import dev.redoubt.model.RedoubtException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Imports the daily scores of EPSS: the CSV of FIRST, plain or compressed with gzip.
///
/// The first line may be a comment with the date of the scores. At most 5 million lines of 512
/// bytes; rows without a CVE id and a probability are counted as rejected, and a file without a
/// single good one is refused and changes nothing.
public final class EpssImport {

  private static final int MAX_LINES = 5_000_000;
  private static final int MAX_LINE = 512;
  private static final Pattern DATE = Pattern.compile("score_date:([^,\\s]+)");

  /* The publisher writes the offset without a colon. */
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.ISO_OFFSET_DATE_TIME,
          DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx", Locale.ROOT));

  private final TreeMap<Long, Integer> entries = new TreeMap<>();
  private final Path input;
  private Instant asOf = Instant.EPOCH;
  private int rejected;

  private EpssImport(Path input) {
    this.input = input;
  }

  /// Compiles `input` beside its place in `advisories`, the folder of the compiled files.
  ///
  /// @param source the name to remember it by
  /// @throws RedoubtException with code `UNREADABLE`, `ADVISORY_INPUT` or `UNWRITABLE`
  public static StagedFeed stage(Path advisories, Path input, String source, Clock clock) {
    EpssImport scores = new EpssImport(input);
    scores.read();
    if (scores.entries.isEmpty()) {
      throw scores.refused("it has no row in the manner of CVE-2026-0001,0.5,0.9");
    }
    Feed feed =
        new Feed(source, scores.asOf, clock.instant(), scores.rejected, FeedInput.sha256(input));
    return new StagedFeed(
        CveTable.stage(Enrichment.epssPath(advisories), Enrichment.EPSS, feed, scores.entries),
        new Enrichment.State(feed, scores.entries.size()));
  }

  private void read() {
    try (InputStream in = open();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      int number = 0;
      for (int c = lines.read(); c >= 0; c = lines.read()) {
        if (c == '\n') {
          line(line.toString().strip(), ++number);
          line.setLength(0);
        } else if (line.length() < MAX_LINE) {
          line.append((char) c);
        } else {
          throw refused("line %d is over %d bytes".formatted(number + 1, MAX_LINE));
        }
      }
      line(line.toString().strip(), number + 1);
    } catch (ZipException | EOFException e) {
      throw refused("it cannot be decompressed: " + e.getMessage());
    } catch (IOException e) {
      throw FeedInput.unreadable(input, e);
    }
  }

  private InputStream open() throws IOException {
    BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(input), 1 << 16);
    raw.mark(2);
    boolean compressed = raw.read() == 0x1F && raw.read() == 0x8B;
    raw.reset();
    return compressed ? new GZIPInputStream(raw, 1 << 16) : raw;
  }

  private void line(String line, int number) {
    if (number > MAX_LINES) {
      throw refused("it has over %,d lines".formatted(MAX_LINES));
    }
    if (line.startsWith("#")) {
      Matcher date = DATE.matcher(line);
      if (date.find()) {
        asOf = date(date.group(1));
      }
      return;
    }
    if (line.isEmpty() || line.startsWith("cve,")) {
      return;
    }
    int first = line.indexOf(',');
    int second = line.indexOf(',', first + 1);
    OptionalLong key = first < 0 ? OptionalLong.empty() : CveKey.of(line.substring(0, first));
    double probability =
        first < 0
            ? -1
            : probability(line.substring(first + 1, second < 0 ? line.length() : second));
    if (key.isPresent() && probability >= 0 && probability <= 1) {
      entries.put(key.getAsLong(), (int) Math.round(probability * Enrichment.SCALE));
    } else {
      rejected++;
    }
  }

  private static double probability(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static Instant date(String text) {
    for (DateTimeFormatter format : DATES) {
      try {
        return OffsetDateTime.parse(text, format).toInstant();
      } catch (DateTimeParseException e) {
        // Tried with the next form.
      }
    }
    return Instant.EPOCH;
  }

  private RedoubtException refused(String what) {
    return FeedInput.refused("EPSS file", input, what);
  }
}
