// SPDX-License-Identifier: Apache-2.0
/// Which findings count, and the verdict.
@NullMarked
package dev.redoubt.scan.thresholds;

import org.jspecify.annotations.NullMarked;
