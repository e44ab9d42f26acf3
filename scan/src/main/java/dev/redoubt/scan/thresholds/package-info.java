// SPDX-License-Identifier: Apache-2.0
/// Which findings count, and the verdict.
///
/// Open [Thresholds] first. Ignores, VEX statements and baselines say which findings do not count;
/// each finding they take out stays visible with the reason. None of them can hide a malicious
/// package.
@NullMarked
package dev.redoubt.scan.thresholds;

import org.jspecify.annotations.NullMarked;
