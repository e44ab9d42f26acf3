// SPDX-License-Identifier: Apache-2.0
/// What is remembered from one session to the next.
///
/// Open [MemoryFolder] first. Everything lies in the data folder and nothing in a checkout, so a
/// checkout brings no memories.
@NullMarked
package dev.redoubt.agent.memory;

import org.jspecify.annotations.NullMarked;
