// SPDX-License-Identifier: Apache-2.0
/// Writes that are captured beside a workspace until a person applies them.
///
/// Open [StagingArea] first: where they lie. [StagedView] is what a workspace looks like with them.
/// How they are compared with the workspace and applied is in the package `snapshots`.
@NullMarked
package dev.redoubt.sandbox.staging;

import org.jspecify.annotations.NullMarked;
