// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.relay.api.RelayLog;
import java.util.Locale;

/// Writes what passes a relay to a stream of evidence. Safe to share.
final class RelayEvidence implements RelayLog {

  private static final String KIND = "relay";
  private static final int LONGEST_METHOD = 200;
  private static final int LONGEST_REASON = 2_000;

  private final EvidenceLog log;
  private final String actor;
  private final String server;

  /// @param server what it is called in rules
  RelayEvidence(EvidenceLog log, String actor, String server) {
    this.log = requireNonNull(log, "log");
    this.actor = requireNonNull(actor, "actor");
    this.server = requireNonNull(server, "server");
  }

  @Override
  public void record(RelayEntry entry) {
    log.append(
        new Event(
            KIND,
            actor,
            new Payload()
                .text("direction", word(entry.direction()))
                .text("fate", word(entry.fate()))
                .text("message", cut(entry.what(), LONGEST_METHOD))
                .text("reason", cut(entry.reason(), LONGEST_REASON))
                .text("rule", entry.rule())
                .text("server", server)
                .object()));
  }

  /* Half a character cannot be written. */
  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int pair = Character.isHighSurrogate(text.charAt(longest - 1)) ? 1 : 0;
    return text.substring(0, longest - pair);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
