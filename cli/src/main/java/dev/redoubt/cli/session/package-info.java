// SPDX-License-Identifier: Apache-2.0
/// `redoubt session`: lists, shows and changes the sessions of the agent.
///
/// Open [SessionListCommand] first. How a session is kept does not belong here but in
/// `agent.sessions`.
@NullMarked
package dev.redoubt.cli.session;

import org.jspecify.annotations.NullMarked;
