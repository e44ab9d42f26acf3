// SPDX-License-Identifier: Apache-2.0
/// Walks a source, asks the extractors, merges what they found.
@NullMarked
package dev.redoubt.scan.engine;

import org.jspecify.annotations.NullMarked;
