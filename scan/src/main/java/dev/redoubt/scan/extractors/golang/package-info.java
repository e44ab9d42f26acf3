// SPDX-License-Identifier: Apache-2.0
/// Go: go.mod, go.work and go.sum.
///
/// Open [GoModExtractor] first: go.mod is what a build uses, and since Go 1.17 it names every
/// module of the build. [GoSumExtractor] fills in for what is older. [GoModFile] is the grammar
/// that go.mod and go.work share. Nothing here asks a module proxy.
@NullMarked
package dev.redoubt.scan.extractors.golang;

import org.jspecify.annotations.NullMarked;
