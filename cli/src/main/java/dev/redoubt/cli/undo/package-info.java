// SPDX-License-Identifier: Apache-2.0
/// The commands that take turns back: `undo`, `redo`, `diff` and `restore`.
///
/// Open [UndoCommand] first. What is recorded and how it is brought back belongs to the sandbox.
@NullMarked
package dev.redoubt.cli.undo;

import org.jspecify.annotations.NullMarked;
