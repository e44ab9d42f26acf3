// SPDX-License-Identifier: Apache-2.0
/// Kinds of sub-agents that users and checkouts describe in files.
///
/// Open [Roles] first: it finds them. How one is put to work is the engine's.
@NullMarked
package dev.redoubt.agent.roles;

import org.jspecify.annotations.NullMarked;
