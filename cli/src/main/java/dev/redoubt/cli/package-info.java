// SPDX-License-Identifier: Apache-2.0
/// The commands; the composition root of the local program.
///
/// Open [Main] first, then [Commands], the written list. Environment, clock, streams and working
/// folder enter here, as one [Surroundings], and nowhere else. A command lives in a package of its
/// family and is built only when it was asked for, so that no command pays for another's start.
@NullMarked
package dev.redoubt.cli;

import org.jspecify.annotations.NullMarked;
