// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a start program said of one command.
///
/// @param failure what could not be done, so that the command never began; empty when it began or
///   nothing was said
/// @param usage what was used; only a supervisor says it, at the end
/// @param isOver whether a supervisor says that nothing of the command runs any more
public record StartReport(
    Optional<KernelException> failure, Optional<Usage> usage, boolean isOver) {

  /// Nothing was said.
  public static final StartReport NONE = new StartReport(Optional.empty(), Optional.empty(), false);

  private static final int MOST = 4096;

  public StartReport {
    requireNonNull(failure, "failure");
    requireNonNull(usage, "usage");
  }

  /* The steps of the program are called `steps`. */
  static StartReport in(Path file, List<String> steps) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(MOST), steps);
    } catch (NoSuchFileException e) {
      return NONE;
    }
  }

  static StartReport of(byte[] bytes, List<String> steps) {
    ByteBuffer report = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Optional<KernelException> failure = Optional.empty();
    Optional<Usage> usage = Optional.empty();
    boolean isOver = false;
    while (report.remaining() >= StartCode.SIZE_OF_FAILED) {
      int at = report.position();
      long kind = report.getLong(at);
      if (kind == StartCode.FAILED) {
        int step = (int) report.getLong(at + Long.BYTES);
        String what = step >= 0 && step < steps.size() ? steps.get(step) : "step " + step;
        int error = (int) -report.getLong(at + 2 * Long.BYTES);
        failure = Optional.of(new KernelException(what, error));
        report.position(at + StartCode.SIZE_OF_FAILED);
      } else if (isEnd(kind) && report.remaining() >= StartCode.SIZE_OF_ENDED) {
        isOver = kind == StartCode.ENDED;
        usage = Optional.of(usage(report, at + 2 * Long.BYTES));
        report.position(at + StartCode.SIZE_OF_ENDED);
      } else {
        return new StartReport(failure, usage, isOver);
      }
    }
    return new StartReport(failure, usage, isOver);
  }

  private static boolean isEnd(long kind) {
    return kind == StartCode.ENDED || kind == StartCode.GAVE_UP;
  }

  /* struct rusage: both times in seconds and microseconds, then the largest size in KiB. */
  private static Usage usage(ByteBuffer report, int at) {
    return new Usage(
        time(report, at), time(report, at + 16), OptionalLong.of(report.getLong(at + 32) * 1024));
  }

  private static Duration time(ByteBuffer report, int at) {
    return Duration.ofSeconds(report.getLong(at)).plusNanos(report.getLong(at + 8) * 1000);
  }
}
