// SPDX-License-Identifier: Apache-2.0
/// Starts what a wall described, reads what it writes within limits, and ends all of it.
///
/// Open [RunningCommand] first.
@NullMarked
package dev.redoubt.sandbox.processes;

import org.jspecify.annotations.NullMarked;
