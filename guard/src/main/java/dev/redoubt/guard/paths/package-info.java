// SPDX-License-Identifier: Apache-2.0
/// Which files are sensitive, and what may be done with which path.
///
/// Judges the real object when the machine can be asked, the written path always.
@NullMarked
package dev.redoubt.guard.paths;

import org.jspecify.annotations.NullMarked;
