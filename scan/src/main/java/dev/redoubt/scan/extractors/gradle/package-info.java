// SPDX-License-Identifier: Apache-2.0
/// Gradle: lock files, version catalogues and what build scripts state as text.
///
/// Open [GradleLockfileExtractor] first. A build script is a program; it is read and never run, so
/// everything in it that is computed is a gap. [GradleScript] is the reader of scripts,
/// [GradleCatalog] that of catalogues.
@NullMarked
package dev.redoubt.scan.extractors.gradle;

import org.jspecify.annotations.NullMarked;
