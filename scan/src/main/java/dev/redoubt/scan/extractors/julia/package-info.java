// SPDX-License-Identifier: Apache-2.0
/// Julia: Manifest.toml.
///
/// Open [JuliaManifestExtractor] first.
@NullMarked
package dev.redoubt.scan.extractors.julia;

import org.jspecify.annotations.NullMarked;
