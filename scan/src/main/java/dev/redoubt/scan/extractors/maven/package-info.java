// SPDX-License-Identifier: Apache-2.0
/// Maven: POM files, resolved without network and without Maven.
///
/// Open [MavenPomExtractor] first. [PomReader] reads one file, [PomStore] finds others in the
/// scanned tree and in a local repository, [EffectivePoms] joins a POM with its parents, profiles
/// and imported BOMs, and [MavenGraph] decides which artifacts end up in the build. What cannot be
/// found or filled in is a gap, never a guess.
@NullMarked
package dev.redoubt.scan.extractors.maven;

import org.jspecify.annotations.NullMarked;
