// SPDX-License-Identifier: Apache-2.0
/// The commands about Redoubt itself: `catalog` and `doctor`.
///
/// Each command is one class named after it. What they print about this machine is read through
/// [dev.redoubt.cli.Surroundings], never directly.
@NullMarked
package dev.redoubt.cli.self;

import org.jspecify.annotations.NullMarked;
