// SPDX-License-Identifier: Apache-2.0
/// The interactive line mode: `redoubt` alone on a terminal.
///
/// Open [LineMode] first. A person's lines become prompts, words to a running turn, answers to
/// questions or slash commands; what happens is read from the events of the session and nowhere
/// else. Nothing foreign reaches the terminal before [Style#safe].
@NullMarked
package dev.redoubt.cli.line;

import org.jspecify.annotations.NullMarked;
