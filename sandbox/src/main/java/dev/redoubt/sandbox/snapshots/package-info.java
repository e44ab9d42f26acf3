// SPDX-License-Identifier: Apache-2.0
/// What a workspace looked like before and after each turn of an agent, and how to go back.
///
/// Open [TurnRecorder] first: it records a turn. [Undo] goes back and forth. States are kept in the
/// data folder, never in the workspace's own repository: the user's commits, index and branches are
/// neither read nor written. How a file is opened without following a link belongs to `files`.
@NullMarked
package dev.redoubt.sandbox.snapshots;

import org.jspecify.annotations.NullMarked;
