// SPDX-License-Identifier: Apache-2.0
/// Reads a line of Bash or POSIX shell into a tree.
///
/// What is not understood is said to be not understood, with the place; nothing is guessed. What a
/// program does with its arguments does not belong here.
@NullMarked
package dev.redoubt.guard.shell;

import org.jspecify.annotations.NullMarked;
