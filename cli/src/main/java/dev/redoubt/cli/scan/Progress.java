// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.cli.Call;
import dev.redoubt.scan.engine.ScanProgress;
import java.io.PrintStream;

/// Draws one line on the terminal that says how far a scan has come, and takes it away at the end.
final class Progress {

  private static final int EVERY = 200;

  private Progress() {}

  static ScanProgress of(Call call) {
    if (!call.globals().showsProgress(call.world())) {
      return ScanProgress.NONE;
    }
    PrintStream err = call.world().err();
    return (done, total, _) -> {
      if (done == total) {
        err.print("\r\u001b[K");
        err.flush();
      } else if (done % EVERY == 0) {
        err.print("\r\u001b[Kreading %d of %d files".formatted(done, total));
        err.flush();
      }
    };
  }
}
