// SPDX-License-Identifier: Apache-2.0
/// What a finding can reach: paths and risk.
@NullMarked
package dev.redoubt.scan.reach;

import org.jspecify.annotations.NullMarked;
