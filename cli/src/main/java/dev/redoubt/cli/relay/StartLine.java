// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.mcp.pins.PinFile;
import java.util.Locale;

/// The one line a person finds in the log of a client: which server runs behind which settings.
final class StartLine {

  private StartLine() {}

  /// Writes it to standard error.
  ///
  /// @param sandbox the name of what surrounds the server
  /// @throws dev.redoubt.model.RedoubtException UNREADABLE if the pins cannot be read
  static void write(Call call, ProxyOptions options, String sandbox) {
    CommandOutput.note(
        call,
        "redoubt: proxy of %s, mode %s, sandbox %s, %s",
        options.name(),
        options.enforcement().usual().name().toLowerCase(Locale.ROOT),
        sandbox,
        pins(options.server().pins(call)));
  }

  private static String pins(PinFile pins) {
    if (pins.isFirst()) {
      return "nothing pinned yet";
    }
    int waiting = pins.waiting().size();
    return waiting == 0
        ? "%d tools pinned".formatted(pins.pinned())
        : "%d tools pinned, %d wait for an approval".formatted(pins.pinned(), waiting);
  }
}
