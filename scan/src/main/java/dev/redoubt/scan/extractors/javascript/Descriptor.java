// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import java.util.Optional;

/// A name and what stands behind its `@`, in the manner of `@scope/name@^1.0.0`.
record Descriptor(String name, String rest) {

  /// Returns the parts of `text`, or empty when there is no `@` behind a name.
  static Optional<Descriptor> of(String text) {
    int at = text.indexOf('@', 1);
    return at < 0
        ? Optional.empty()
        : Optional.of(new Descriptor(text.substring(0, at), text.substring(at + 1)));
  }
}
