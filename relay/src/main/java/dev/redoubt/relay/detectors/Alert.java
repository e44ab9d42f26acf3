// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Severity;

/// What a detector noticed.
///
/// @param detector its id
/// @param severity critical blocks, everything else is said and passes
/// @param where the path of the text inside the message, in the manner of `content[0].text`
/// @param what what is the matter, in words of ours: never a part of the text itself
public record Alert(String detector, Severity severity, String where, String what) {
  public Alert {
    requireNonNull(detector, "detector");
    requireNonNull(severity, "severity");
    requireNonNull(where, "where");
    requireNonNull(what, "what");
  }

  /// Returns whether it stops the message where that is enforced.
  public boolean isCritical() {
    return severity == Severity.CRITICAL;
  }
}
