// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.advisory.intake.ImportProgress;
import dev.redoubt.cli.Call;
import java.io.PrintStream;
import java.util.Locale;

/// Draws one line of progress on a terminal, redrawn at most a few times a second.
final class DbProgress implements ImportProgress, AutoCloseable {

  private static final long EVERY_MILLIS = 100;
  private static final int WIDTH = 24;
  private static final int NAME = 40;

  private final Call call;
  private long drawnAt;
  private boolean drawn;

  DbProgress(Call call) {
    this.call = call;
  }

  @Override
  public void at(String what, long done, long total) {
    if (!call.globals().showsProgress(call.world())) {
      return;
    }
    long now = call.world().clock().millis();
    if (now - drawnAt < EVERY_MILLIS && done < total) {
      return;
    }
    drawnAt = now;
    drawn = true;
    int filled = total <= 0 ? 0 : (int) (WIDTH * done / total);
    PrintStream err = call.world().err();
    err.print(
        String.format(
            Locale.ROOT,
            "\r[%s%s] %,d/%,d %s\u001b[K",
            "#".repeat(filled),
            " ".repeat(WIDTH - filled),
            done,
            total,
            shortened(what)));
    err.flush();
  }

  /// Removes the line, so that what follows starts on an empty one.
  void clear() {
    if (drawn) {
      drawn = false;
      call.world().err().print("\r\u001b[K");
      call.world().err().flush();
    }
  }

  @Override
  public void close() {
    clear();
  }

  /* The end of a path says enough and fits any terminal. */
  private static String shortened(String what) {
    String end = what.length() > NAME ? "…" + what.substring(what.length() - NAME) : what;
    return end.replaceAll("[^\\x20-\\x7E…]", "?");
  }
}
