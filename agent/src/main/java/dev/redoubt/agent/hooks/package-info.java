// SPDX-License-Identifier: Apache-2.0
/// Hooks: commands and addresses that are asked at moments of a session.
///
/// Open [HookTerms] first, then [HookReply]. A plug-in of the agent: it knows `agent.api` and no
/// engine. When hooks are asked and what their answers do is decided in `agent.engine`.
@NullMarked
package dev.redoubt.agent.hooks;

import org.jspecify.annotations.NullMarked;
