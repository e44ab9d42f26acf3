// SPDX-License-Identifier: Apache-2.0
/// What servers said of their tools when they were first met, and what they say differently now.
///
/// Start with [dev.redoubt.mcp.pins.PinFile]. A description is what a model obeys, so one that
/// changes after somebody looked at it is not used until somebody looks again.
@NullMarked
package dev.redoubt.mcp.pins;

import org.jspecify.annotations.NullMarked;
