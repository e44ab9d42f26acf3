// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import org.jspecify.annotations.Nullable;

/// One path that going back changes.
///
/// @param path of it
/// @param expected what lies there now, null for nothing
/// @param wanted what shall lie there, null for nothing
record Step(String path, @Nullable Entry expected, @Nullable Entry wanted) {}
