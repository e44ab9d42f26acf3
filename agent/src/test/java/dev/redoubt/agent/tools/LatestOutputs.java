// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Outputs;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// What was cut from results of tools, whole, to be read by reference.
///
/// Keeps the latest 32 million characters; what is older is forgotten. Safe to share.
final class LatestOutputs implements Outputs {

  private static final long MOST = 32_000_000;

  private final SequencedMap<String, String> texts = new LinkedHashMap<>();
  private long kept;
  private int made;

  /// Keeps `text` and returns the reference under which it is read, in the manner of `out-3`.
  @Override
  public synchronized String keep(String text) {
    requireNonNull(text, "text");
    made++;
    String reference = "out-" + made;
    texts.put(reference, text);
    kept += text.length();
    while (kept > MOST && texts.size() > 1) {
      kept -= texts.pollFirstEntry().getValue().length();
    }
    return reference;
  }

  /// Returns the text that was kept; empty when there is none, or none any more.
  @Override
  public synchronized Optional<String> text(String reference) {
    return Optional.ofNullable(texts.get(reference));
  }
}
