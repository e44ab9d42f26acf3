// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import java.util.Optional;

/// What was cut from results of tools, whole, to be read by reference. Safe to share.
public interface Outputs {

  /// Keeps `text` and returns the reference under which it is read, in the manner of `out-3f9a2c`.
  String keep(String text);

  /// Returns the text that was kept; empty when there is none, or none any more.
  Optional<String> text(String reference);
}
