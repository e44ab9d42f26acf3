// SPDX-License-Identifier: Apache-2.0
/// Bills of materials that another tool made: CycloneDX and SPDX.
///
/// Open [CyclonedxSbomExtractor] first. Both formats become an [SbomGraph] of packages and their
/// relationships, which alone decides what is a component, what is direct and what is a gap. Names
/// such as `sbom.json` belong to both formats; [SbomFormat] tells them apart by content.
@NullMarked
package dev.redoubt.scan.extractors.sbom;

import org.jspecify.annotations.NullMarked;
