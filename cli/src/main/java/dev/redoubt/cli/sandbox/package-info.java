// SPDX-License-Identifier: Apache-2.0
/// The commands about walls: what this machine can hold, and what it does hold.
///
/// Open [SandboxSettings] first: what an operator may configure.
@NullMarked
package dev.redoubt.cli.sandbox;

import org.jspecify.annotations.NullMarked;
