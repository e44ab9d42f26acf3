// SPDX-License-Identifier: Apache-2.0
/// `redoubt staged`: what was written with `--writes staged`, looked at, applied or discarded.
@NullMarked
package dev.redoubt.cli.staged;

import org.jspecify.annotations.NullMarked;
