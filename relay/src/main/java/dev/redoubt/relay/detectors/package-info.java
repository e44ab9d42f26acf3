// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a message by what it says: one class a detector, [BuiltInDetectors] lists
/// them.
///
/// Start at [Detector] and [DetectorFilter]. Texts are folded and decoded once for all of them
/// ([Matter]). No policy and no pins here: those are in `relay/filters`.
@NullMarked
package dev.redoubt.relay.detectors;

import org.jspecify.annotations.NullMarked;
