// SPDX-License-Identifier: Apache-2.0
/// Dart and Flutter: pubspec.lock.
///
/// Open [PubspecLockExtractor] first.
@NullMarked
package dev.redoubt.scan.extractors.pub;

import org.jspecify.annotations.NullMarked;
