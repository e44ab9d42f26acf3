// SPDX-License-Identifier: Apache-2.0
/// Swift: Package.resolved.
///
/// Open [SwiftPackageResolvedExtractor] first.
@NullMarked
package dev.redoubt.scan.extractors.swift;

import org.jspecify.annotations.NullMarked;
