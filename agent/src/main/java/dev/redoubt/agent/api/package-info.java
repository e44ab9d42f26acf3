// SPDX-License-Identifier: Apache-2.0
/// What the engine, the tools and the models of the agent say to each other. Values and seams only.
@NullMarked
package dev.redoubt.agent.api;

import org.jspecify.annotations.NullMarked;
