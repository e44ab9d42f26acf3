// SPDX-License-Identifier: Apache-2.0
/// `redoubt run`: the agent without a screen, put together from its parts.
///
/// Open [RunCommand] first. How the agent works does not belong here but in `agent.engine`.
@NullMarked
package dev.redoubt.cli.run;

import org.jspecify.annotations.NullMarked;
