// SPDX-License-Identifier: Apache-2.0
/// PHP: composer.lock.
///
/// Open [ComposerLockExtractor] first.
@NullMarked
package dev.redoubt.scan.extractors.composer;

import org.jspecify.annotations.NullMarked;
