// SPDX-License-Identifier: Apache-2.0
/// The log anyone can verify: append-only, hash-chained, signed.
@NullMarked
package dev.redoubt.evidence;

import org.jspecify.annotations.NullMarked;
