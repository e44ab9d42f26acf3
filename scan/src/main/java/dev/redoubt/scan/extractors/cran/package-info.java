// SPDX-License-Identifier: Apache-2.0
/// R: renv.lock.
///
/// Open [RenvLockExtractor] first.
@NullMarked
package dev.redoubt.scan.extractors.cran;

import org.jspecify.annotations.NullMarked;
