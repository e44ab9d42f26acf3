// SPDX-License-Identifier: Apache-2.0
/// A session is its evidence log: what happened is written there before it has an effect, and the
/// conversation is read back from there alone.
///
/// Open [SessionLog] first, which writes, then [Transcript], which reads.
@NullMarked
package dev.redoubt.agent.sessions;

import org.jspecify.annotations.NullMarked;
