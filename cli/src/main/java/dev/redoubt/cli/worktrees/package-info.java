// SPDX-License-Identifier: Apache-2.0
/// Copies of a workspace in which sub-agents work: made, compared, listed and deleted.
///
/// Open [Worktrees] first. How an agent is put to work in one is in `cli.run`.
@NullMarked
package dev.redoubt.cli.worktrees;

import org.jspecify.annotations.NullMarked;
