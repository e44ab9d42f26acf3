// SPDX-License-Identifier: Apache-2.0
/// Tries the ways out of a wall for real and compares what happened with what its backend says.
///
/// Open [SandboxChecks] first.
@NullMarked
package dev.redoubt.sandbox.checks;

import org.jspecify.annotations.NullMarked;
