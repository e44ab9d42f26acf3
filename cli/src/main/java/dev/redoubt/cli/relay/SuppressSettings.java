// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.relay.detectors.Suppression;
import dev.redoubt.relay.detectors.Suppressions;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// Reads `[[relay.suppress]]` of the operator's own configuration: what detectors notice and
/// somebody lets pass until a day. A checkout has no say in it.
final class SuppressSettings {

  private static final List<String> KEYS =
      List.of("detector", "server", "tool", "reason", "expires");

  private SuppressSettings() {}

  /// Returns what is let pass of `server`.
  ///
  /// @throws RedoubtException USAGE if the configuration is malformed
  static Suppressions of(Call call, String server) {
    List<Suppression> all = new ArrayList<>();
    for (Table table : Table.root(call).table("relay").tables("suppress")) {
      table.requireKeys(KEYS);
      all.add(
          new Suppression(
              detector(table),
              required(table, "server"),
              table.text("tool").orElse("*"),
              required(table, "reason"),
              day(table)));
    }
    return Suppressions.of(all, server, call.world().clock());
  }

  private static String detector(Table table) {
    String id = required(table, "detector");
    if (Suppressions.detectors().contains(id)) {
      return id;
    }
    throw table.wrong("detector", "is none of " + String.join(", ", Suppressions.detectors()));
  }

  private static LocalDate day(Table table) {
    try {
      return LocalDate.parse(required(table, "expires"));
    } catch (DateTimeParseException e) {
      throw table.wrong("expires", "is no day in the manner of 2027-01-31");
    }
  }

  private static String required(Table table, String key) {
    return table
        .text(key)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> table.wrong(key, "is missing"));
  }
}
