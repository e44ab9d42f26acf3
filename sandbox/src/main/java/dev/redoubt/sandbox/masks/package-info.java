// SPDX-License-Identifier: Apache-2.0
/// Which places of a machine a wall closes: hidden, read-only, or not to be replaced.
///
/// Open [Masks] first. Says what is closed, never how; the table of places is the guard's.
@NullMarked
package dev.redoubt.sandbox.masks;

import org.jspecify.annotations.NullMarked;
