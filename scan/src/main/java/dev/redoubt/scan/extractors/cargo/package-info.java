// SPDX-License-Identifier: Apache-2.0
/// Rust: Cargo.lock, and Cargo.toml where there is no lock.
///
/// Open [CargoLockExtractor] first.
@NullMarked
package dev.redoubt.scan.extractors.cargo;

import org.jspecify.annotations.NullMarked;
