// SPDX-License-Identifier: Apache-2.0
/// What is kept of a decision: the evidence of it, and the approval of a person.
///
/// Open [EvidenceDecisionLog] first: it is what a [dev.redoubt.guard.Gate] writes to. An [Approval]
/// binds to the [ActionDigest] of exactly what was shown, and ends. How entries are chained, signed
/// and redacted does not belong here but in `evidence`.
@NullMarked
package dev.redoubt.guard.records;

import org.jspecify.annotations.NullMarked;
