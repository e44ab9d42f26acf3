// SPDX-License-Identifier: Apache-2.0
/// CocoaPods: Podfile.lock.
///
/// Open [PodfileLockExtractor] first.
@NullMarked
package dev.redoubt.scan.extractors.cocoapods;

import org.jspecify.annotations.NullMarked;
