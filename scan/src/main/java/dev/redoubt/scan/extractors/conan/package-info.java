// SPDX-License-Identifier: Apache-2.0
/// C and C++: conan.lock.
///
/// Open [ConanLockExtractor] first.
@NullMarked
package dev.redoubt.scan.extractors.conan;

import org.jspecify.annotations.NullMarked;
