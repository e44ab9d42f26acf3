// SPDX-License-Identifier: Apache-2.0
/// .NET: packages.lock.json, project files with central versions, packages.config.
///
/// Open [CsprojExtractor] first, then [MsbuildProject]. MSBuild itself is never run: properties are
/// replaced by their literal values, conditions are taken as met, and what stays unresolved is a
/// gap.
@NullMarked
package dev.redoubt.scan.extractors.nuget;

import org.jspecify.annotations.NullMarked;
