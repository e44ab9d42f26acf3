// SPDX-License-Identifier: Apache-2.0
/// What a plugin of the scanner sees: extractors, enrichers, matchers and the values between them.
///
/// Open [Extractor] first, then [Matcher]. Plugins never see the engine, and the engine never names
/// a plugin: both meet in the composition root through the written lists `BuiltInExtractors` and
/// `BuiltInMatchers`.
@NullMarked
package dev.redoubt.scan.api;

import org.jspecify.annotations.NullMarked;
