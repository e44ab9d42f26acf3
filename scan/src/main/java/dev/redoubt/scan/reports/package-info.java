// SPDX-License-Identifier: Apache-2.0
/// Writes a finished scan in the formats people and machines read.
@NullMarked
package dev.redoubt.scan.reports;

import org.jspecify.annotations.NullMarked;
