// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import java.time.Instant;
import org.jline.reader.impl.history.DefaultHistory;

/// The lines the arrow keys find: only what was given to [#keep], which is masked before.
final class KeptHistory extends DefaultHistory {

  void keep(String line) {
    super.add(Instant.EPOCH, line);
  }

  /* The editor would add every line as it was typed. */
  @Override
  public void add(Instant time, String line) {}
}
