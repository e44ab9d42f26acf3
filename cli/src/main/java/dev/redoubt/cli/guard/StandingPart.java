// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.RedoubtException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// One of the places rules come from, as it was when it was last understood. Not safe to share.
final class StandingPart<T> {

  /* How soon what is not understood is read again although it looks the same. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final List<Path> files;
  private final Function<LocalDate, T> reader;
  private T value;
  private List<FileStamp> understood;
  private Try last;

  private record Try(List<FileStamp> stamps, LocalDate day, Instant at, String problem) {}

  /// Reads for the first time.
  ///
  /// @param files what `reader` reads
  /// @param reader returns what they say on a day
  /// @throws RedoubtException if it is not understood
  StandingPart(List<Path> files, Function<LocalDate, T> reader, LocalDate today, Instant now) {
    this.files = List.copyOf(files);
    this.reader = requireNonNull(reader, "reader");
    this.understood = stamps();
    this.value = reader.apply(today);
    this.last = new Try(understood, today, now, "");
  }

  /// Returns what was last understood.
  T value() {
    return value;
  }

  /// Looks at the files, and reads them when they have changed or the day has.
  ///
  /// @param told hears of what changed, and of what is not understood, once; when it throws nothing
  ///   has changed, and the next look is as this one
  /// @return whether there is another value now
  boolean look(LocalDate today, Instant now, StandingPolicy.Told told) {
    List<FileStamp> seen = stamps();
    boolean same = seen.equals(last.stamps()) && today.equals(last.day());
    boolean soon =
        !now.isBefore(last.at()) && Duration.between(last.at(), now).compareTo(AGAIN) < 0;
    if (same && (last.problem().isEmpty() || soon)) {
      return false;
    }
    T read = value;
    String problem = lost(seen).orElse("");
    if (problem.isEmpty()) {
      try {
        read = reader.apply(today);
      } catch (RedoubtException e) {
        problem = String.valueOf(e.getMessage());
      } catch (RuntimeException | StackOverflowError e) {
        problem = "%s cannot be read".formatted(files.getFirst());
      }
    }
    if (!stamps().equals(seen)) {
      // Somebody writes just now: the next look sees more.
      return false;
    }
    if (!problem.isEmpty() && !problem.equals(last.problem())) {
      told.kept(problem);
    }
    if (problem.isEmpty() && !(seen.equals(understood) && last.problem().isEmpty())) {
      told.changed(changed(seen));
    }
    last = new Try(seen, today, now, problem);
    if (!problem.isEmpty()) {
      return false;
    }
    understood = seen;
    value = read;
    return true;
  }

  private List<FileStamp> stamps() {
    return files.stream().map(FileStamp::of).toList();
  }

  /* A file without a word in it may be one that is being written. */
  private Optional<String> lost(List<FileStamp> seen) {
    for (int i = 0; i < seen.size(); i++) {
      if (understood.get(i).size() > 0 && seen.get(i).size() <= 0) {
        return Optional.of(
            "%s is %s".formatted(files.get(i), seen.get(i).size() < 0 ? "gone" : "empty"));
      }
    }
    return Optional.empty();
  }

  private List<Path> changed(List<FileStamp> seen) {
    List<Path> changed =
        IntStream.range(0, seen.size())
            .filter(i -> !seen.get(i).equals(understood.get(i)))
            .mapToObj(files::get)
            .toList();
    return changed.isEmpty() ? files : changed;
  }
}
