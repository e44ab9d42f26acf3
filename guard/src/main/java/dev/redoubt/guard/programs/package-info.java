// SPDX-License-Identifier: Apache-2.0
/// What well-known programs do with their arguments: which options execute, write, read elsewhere
/// or connect.
///
/// Open [Program] first. Each program is judged by its options, never by its name alone, and an
/// option that is not in the table makes the call unknown. Shell syntax does not belong here.
@NullMarked
package dev.redoubt.guard.programs;

import org.jspecify.annotations.NullMarked;
