// SPDX-License-Identifier: Apache-2.0
/// What Redoubt asks of the Linux kernel: filters of system calls, Landlock, terminals, signals.
///
/// Open [SeccompFilter] first: the table of what no confined program may call. Whatever is said
/// here holds for Linux on x86-64 and AArch64; elsewhere the answer is that it cannot be done,
/// never that it was done. This is the only package that calls native code.
@NullMarked
package dev.redoubt.sandbox.kernel;

import org.jspecify.annotations.NullMarked;
