// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// What one side has to become at one path.
///
/// @param from what lies there; null when nothing does
/// @param to what has to lie there; null when nothing may
record Change(String path, @Nullable TreeEntry from, @Nullable TreeEntry to) {
  Change {
    requireNonNull(path, "path");
  }
}
