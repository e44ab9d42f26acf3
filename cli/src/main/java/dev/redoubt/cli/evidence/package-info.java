// SPDX-License-Identifier: Apache-2.0
/// The commands that show, verify, prove and hand on evidence.
///
/// Open [EvidenceVerifyCommand] first. What they have in common is in [EvidenceOutput] (words and
/// JSON) and [EvidenceTarget] (which streams a command is about). How a stream is written and
/// verified does not belong here but in `evidence`.
@NullMarked
package dev.redoubt.cli.evidence;

import org.jspecify.annotations.NullMarked;
