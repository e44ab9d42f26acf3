// SPDX-License-Identifier: Apache-2.0
/// The event formats of other people's agents: from their event to our action, from our decision to
/// their answer.
///
/// Each format names the source of its facts. Deciding does not belong here.
@NullMarked
package dev.redoubt.guard.hooks;

import org.jspecify.annotations.NullMarked;
