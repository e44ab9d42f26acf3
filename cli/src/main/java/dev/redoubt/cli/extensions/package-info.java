// SPDX-License-Identifier: Apache-2.0
/// What a person, a plugin or a trusted checkout adds to the agent, and the commands that show it.
///
/// Open [Extensions] first. How an extension works does not belong here but in the module `agent`.
@NullMarked
package dev.redoubt.cli.extensions;

import org.jspecify.annotations.NullMarked;
