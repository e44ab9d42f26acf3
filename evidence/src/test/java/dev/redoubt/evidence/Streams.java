// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Streams for tests: written as the product writes them, read and bent as anyone could.
final class Streams {

  static final String NAME = "guard";

  private final Path data;

  Streams(Path data) {
    this.data = data;
  }

  static Clock fixed() {
    return Clock.fixed(Instant.parse("2026-11-22T05:00:00.123456Z"), ZoneOffset.UTC);
  }

  /// Returns a way of writing with a checkpoint for every `entries` and segments of `bytes`.
  static Writing every(int entries, long bytes) {
    return new Writing(fixed(), bytes, entries, Duration.ofHours(1), SegmentFile.Opener.DISK);
  }

  EvidenceFolder folder() {
    return EvidenceFolder.in(data);
  }

  Path stream() {
    return folder().stream(NAME);
  }

  Path segment(int number) {
    return Segments.file(stream(), number);
  }

  EvidenceLog open(Writing writing) {
    return EvidenceLog.open(folder(), NAME, writing);
  }

  /// Writes `count` events and closes the stream.
  void write(Writing writing, int count) {
    try (EvidenceLog log = open(writing)) {
      for (int i = 0; i < count; i++) {
        log.append(event(i));
      }
    }
  }

  static Event event(int number) {
    return new Event(
        "decision", "guard", new Payload().text("line", "ls -la").number("n", number).object());
  }

  StreamReport verify() {
    return verify(Set.of());
  }

  StreamReport verify(Set<String> heads) {
    try {
      return new Verifier(new Keys(folder().keys()).open(), new HashSet<>(heads), 2)
          .verify(StreamSource.of(folder(), NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the lines of a segment, each with its line feed.
  List<String> lines(int number) {
    try {
      List<String> lines = new ArrayList<>();
      for (String line : Files.readString(segment(number), UTF_8).split("(?<=\n)", -1)) {
        if (!line.isEmpty()) {
          lines.add(line);
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void rewrite(int number, List<String> lines) {
    try {
      Files.writeString(segment(number), String.join("", lines), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes(int number) {
    try {
      return Files.readAllBytes(segment(number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void rewrite(int number, byte[] bytes) {
    try {
      Files.write(segment(number), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String kind(String line) {
    String from = line.substring(line.indexOf("\"kind\":\"") + 8);
    return from.substring(0, from.indexOf('"'));
  }

  /// Returns the line with `from` replaced by `to` and its hash made right again.
  static String forged(String line, String from, String to) {
    String bent = line.replace(from, to);
    if (bent.equals(line)) {
      throw new IllegalArgumentException("nothing was bent");
    }
    return rehashed(bent);
  }

  /// Returns the line with its hash made right.
  static String rehashed(String line) {
    String bare = line.substring(0, line.indexOf(",\"hash\":\""));
    String hash = java.util.HexFormat.of().formatHex(Sha256.of(bare.getBytes(UTF_8)));
    return bare + ",\"hash\":\"" + hash + "\"}\n";
  }

  /// Returns `lines` with every link made right from the second on.
  static List<String> relinked(List<String> lines) {
    List<String> linked = new ArrayList<>();
    for (String line : lines) {
      String now = line;
      if (!linked.isEmpty()) {
        String before = linked.getLast();
        int at = before.indexOf(",\"hash\":\"") + 9;
        now =
            line.replaceFirst(
                "\"prev\":\"[0-9a-f]{64}\"", "\"prev\":\"" + before.substring(at, at + 64) + "\"");
      }
      linked.add(rehashed(now));
    }
    return linked;
  }
}
