// SPDX-License-Identifier: Apache-2.0
/// The commands about what is remembered. Open [MemoryOptions] first.
@NullMarked
package dev.redoubt.cli.memory;

import org.jspecify.annotations.NullMarked;
