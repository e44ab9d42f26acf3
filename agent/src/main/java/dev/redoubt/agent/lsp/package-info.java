// SPDX-License-Identifier: Apache-2.0
/// Language servers: what they say of a file after it was written, and what a model asks them.
///
/// Start with [dev.redoubt.agent.lsp.LanguageServers]. A server is started like everything else, as
/// an action through the gate and inside the sandbox. None of them can stop an edit: one that is
/// refused, broken or slow says nothing.
@NullMarked
package dev.redoubt.agent.lsp;

import org.jspecify.annotations.NullMarked;
