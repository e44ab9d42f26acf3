// SPDX-License-Identifier: Apache-2.0
/// Rust: Cargo.lock.
///
/// Open [CargoLockExtractor] first.
@NullMarked
package dev.redoubt.scan.extractors.cargo;

import org.jspecify.annotations.NullMarked;
