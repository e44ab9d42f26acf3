// SPDX-License-Identifier: Apache-2.0
/// Custom commands: Markdown files that become a prompt when a person types `/name`.
///
/// Open [CustomCommands] first. Knows no engine; nothing in a command is run.
@NullMarked
package dev.redoubt.agent.commands;

import org.jspecify.annotations.NullMarked;
