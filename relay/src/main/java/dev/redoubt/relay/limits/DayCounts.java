// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.limits;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// What was called, for all relays of a user: one file for each limit, changed under a lock.
///
/// What cannot be read, written or believed refuses: a broken file, a clock that went back, more
/// separate counts than are kept. Safe to share between threads and programs.
public final class DayCounts {

  /// How many separate counts a limit has on a day at most.
  public static final int MOST_COUNTS = 1_000;

  private static final Limits LIMITS = new Limits(4 << 20, 10, 400_000);
  /* Clocks are set by fractions of seconds all the time. */
  private static final Duration STEP = Duration.ofSeconds(2);
  private static final long MINUTE = 60_000;

  /* A lock on a file is one of the whole program, and a second one inside of it an error. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path folder;

  /// @param folder where it is kept; made when it is needed
  public DayCounts(Path folder) {
    this.folder = requireNonNull(folder, "folder");
  }

  /// Why a call may not be made.
  ///
  /// @param reason in words
  /// @param again when it may be tried again, if that is known
  record Full(String reason, Optional<Instant> again) {}

  /// What was counted.
  ///
  /// @param day on which; the counts of another day are over
  /// @param minute the times of the last calls, in milliseconds
  private record Count(LocalDate day, long calls, long bytes, List<Long> minute) {}

  /// Counts a call of `bytes` under `key`, unless there were too many.
  Optional<Full> take(Limit limit, String key, long bytes, Instant now) {
    return change(
        limit,
        now,
        counts -> {
          LocalDate day = now.atZone(limit.window().zone()).toLocalDate();
          Count before = counts.getOrDefault(key, new Count(day, 0, 0, List.of()));
          Optional<Full> full = full(limit, before, bytes);
          if (full.isEmpty()) {
            List<Long> minute = new ArrayList<>(before.minute());
            if (limit.rates().perMinute() > 0) {
              minute.add(now.toEpochMilli());
            }
            counts.put(key, new Count(day, before.calls() + 1, before.bytes() + bytes, minute));
          }
          return counts.size() > MOST_COUNTS
              ? Optional.of(
                  new Full(
                      "more than %,d counts of a day are kept".formatted(MOST_COUNTS),
                      Optional.empty()))
              : full;
        });
  }

  /// Adds `bytes` of an answer; what cannot be kept refuses the next call.
  Optional<Full> add(Limit limit, String key, long bytes, Instant now) {
    return change(
        limit,
        now,
        counts -> {
          counts.computeIfPresent(
              key,
              (_, count) ->
                  new Count(count.day(), count.calls(), count.bytes() + bytes, count.minute()));
          return Optional.empty();
        });
  }

  /// Takes back what [#take] counted at `now`: the call is not made. What cannot be taken back
  /// stays counted.
  void giveBack(Limit limit, String key, long bytes, Instant now) {
    var _ =
        change(
            limit,
            now,
            counts -> {
              counts.computeIfPresent(key, (_, count) -> without(count, bytes, now.toEpochMilli()));
              return Optional.empty();
            });
  }

  private static Count without(Count count, long bytes, long at) {
    List<Long> minute = new ArrayList<>(count.minute());
    minute.remove((Long) at);
    return new Count(
        count.day(), Math.max(0, count.calls() - 1), Math.max(0, count.bytes() - bytes), minute);
  }

  private static Optional<Full> full(Limit limit, Count count, long bytes) {
    Limit.Rates rates = limit.rates();
    ZoneId zone = limit.window().zone();
    Instant tomorrow = count.day().plusDays(1).atStartOfDay(zone).toInstant();
    if (rates.perDay() > 0 && count.calls() >= rates.perDay()) {
      return Optional.of(
          new Full(
              "%d calls of this day are made".formatted(rates.perDay()), Optional.of(tomorrow)));
    }
    if (rates.bytesPerDay() > 0 && count.bytes() + bytes > rates.bytesPerDay()) {
      return Optional.of(
          new Full(
              "%d bytes of this day are used up".formatted(rates.bytesPerDay()),
              Optional.of(tomorrow)));
    }
    if (rates.perMinute() > 0 && count.minute().size() >= rates.perMinute()) {
      long oldest = count.minute().get(count.minute().size() - rates.perMinute());
      return Optional.of(
          new Full(
              "%d calls of this minute are made".formatted(rates.perMinute()),
              Optional.of(Instant.ofEpochMilli(oldest + MINUTE))));
    }
    return Optional.empty();
  }

  /// What is done with the counts of a limit while nobody else can.
  private interface Change {
    Optional<Full> apply(Map<String, Count> counts);
  }

  private Optional<Full> change(Limit limit, Instant now, Change change) {
    Path file = folder.resolve(limit.name() + ".json");
    long since = System.nanoTime();
    THREADS.lock();
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(limit.name() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        Map<String, Count> counts = new LinkedHashMap<>();
        Instant last = read(file, limit, now, counts);
        // Whoever waited for others comes after them with an earlier time.
        if (now.plusNanos(System.nanoTime() - since).isBefore(last.minus(STEP))) {
          return Optional.of(
              new Full("the clock went back, and what was called is not sure", Optional.of(last)));
        }
        Optional<Full> full = change.apply(counts);
        if (full.isEmpty()) {
          write(file, counts, now.isBefore(last) ? last : now);
        }
        return full;
      }
    } catch (IOException | RuntimeException e) {
      return Optional.of(
          new Full("what was called cannot be kept in \"%s\"".formatted(file), Optional.empty()));
    } finally {
      THREADS.unlock();
    }
  }

  /* Returns when it was last written. What is over is left out. */
  private static Instant read(Path file, Limit limit, Instant now, Map<String, Count> counts)
      throws IOException {
    Node root;
    try (InputStream in = Files.newInputStream(file)) {
      root = Json.readStrict(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS);
    } catch (NoSuchFileException e) {
      return Instant.EPOCH;
    } catch (DocumentException e) {
      throw new IOException("is not what was written", e);
    }
    LocalDate today = now.atZone(limit.window().zone()).toLocalDate();
    long minuteAgo = now.toEpochMilli() - MINUTE;
    for (Map.Entry<String, Node> entry : root.fields("counts").entrySet()) {
      Node count = entry.getValue();
      LocalDate day = LocalDate.parse(count.text("day").orElse(""));
      List<Long> minute = new ArrayList<>();
      for (Node at : count.items("minute")) {
        long milliseconds = number(Optional.of(at));
        if (milliseconds > minuteAgo) {
          minute.add(milliseconds);
        }
      }
      boolean over = day.isBefore(today);
      if (!over || !minute.isEmpty()) {
        counts.put(
            entry.getKey(),
            new Count(
                over ? today : day,
                over ? 0 : number(count.get("calls")),
                over ? 0 : number(count.get("bytes")),
                minute));
      }
    }
    return Instant.ofEpochMilli(number(root.get("last")));
  }

  private static long number(Optional<Node> node) throws IOException {
    try {
      return Long.parseLong(node.flatMap(Node::scalar).orElse(""));
    } catch (NumberFormatException e) {
      throw new IOException("has no number where one was written", e);
    }
  }

  private void write(Path file, Map<String, Count> counts, Instant now) throws IOException {
    Map<String, Node> all = new LinkedHashMap<>();
    counts.forEach((key, count) -> {
      Map<String, Node> fields = new LinkedHashMap<>();
      fields.put("day", new Node.Text(count.day().toString(), 1));
      fields.put("calls", number(count.calls()));
      fields.put("bytes", number(count.bytes()));
      fields.put(
          "minute", new Node.Arr(count.minute().stream().map(DayCounts::number).toList(), 1));
      all.put(key, new Node.Obj(fields, 1));
    });
    Map<String, Node> root = new LinkedHashMap<>();
    root.put("last", number(now.toEpochMilli()));
    root.put("counts", new Node.Obj(all, 1));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    byte[] text = JsonText.of(new Node.Obj(root, 1)).getBytes(StandardCharsets.UTF_8);
    // Nothing is shorter than a time of 13 digits on average, so it has not too many nodes either.
    if (text.length > LIMITS.bytes()) {
      throw new IOException("is more than can be read again");
    }
    Files.write(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Node number(long value) {
    return new Node.Num(Long.toString(value), 1);
  }
}
