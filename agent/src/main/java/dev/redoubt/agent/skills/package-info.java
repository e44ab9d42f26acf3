// SPDX-License-Identifier: Apache-2.0
/// Agent Skills: folders with a `SKILL.md` that a model is told of by name and description, and
/// reads when it needs one.
///
/// Open [Skills] first. A plug-in of the agent: it knows `agent.api` and no engine.
@NullMarked
package dev.redoubt.agent.skills;

import org.jspecify.annotations.NullMarked;
